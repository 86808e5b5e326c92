// Makes docs/commands.md and docs/configuration.md. Run by plain node, from `npm run docs`.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadManual } from "./manual.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
// Within the project, so that its packages are found.
const folder = mkdtempSync(join(root, "node_modules", ".cache", "hermes-docs-"));
try {
  const { referenceDocs } = await loadManual(folder);
  for (const [name, text] of referenceDocs()) writeFileSync(join(root, "docs", name), text);
} finally {
  rmSync(folder, { recursive: true });
}
