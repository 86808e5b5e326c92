// Makes docs/commands.md and docs/configuration.md, and the list of the manual's pages in package.json. Run by plain node, from `npm run docs`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadManual } from "./manual.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
// Within the project, so that its packages are found.
const folder = mkdtempSync(join(root, "node_modules", ".cache", "hermes-docs-"));
try {
  const { manualPages, referenceDocs } = await loadManual(folder);
  for (const [name, text] of referenceDocs()) writeFileSync(join(root, "docs", name), text);
  const file = join(root, "package.json");
  const about = JSON.parse(readFileSync(file, "utf8"));
  // npm links those that are listed, and knows no folder.
  about.man = manualPages(about.version).map(([name]) => `./dist/man/${name}`);
  writeFileSync(file, `${JSON.stringify(about, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
