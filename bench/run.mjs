// `npm run bench`: bundles the benchmark, which is TypeScript, and runs it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = join(root, "node_modules", ".cache", "hermes-bench", "main.mjs");

mkdirSync(join(file, ".."), { recursive: true });
await build({
  cwd: root,
  input: "bench/main.ts",
  platform: "node",
  external: /^(?:node:|[a-z@])/,
  resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
  output: { file, format: "esm", codeSplitting: false },
  logLevel: "warn",
});
process.chdir(root);
const { main } = await import(pathToFileURL(file).href);
process.exitCode = await main(process.argv.slice(2));
