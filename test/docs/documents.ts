import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Document {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
}

/** What people read: README, docs/ and everything in examples/. */
export const documents: readonly Document[] = [
  "README.md",
  ...below("docs"),
  ...below("examples"),
].map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

function below(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}
