import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { grammar } from "../../src/cli/commands";
import { blocksOf, commandsIn, indentedBlocks } from "../support/shell-lines";

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

const families = grammar.families.map(({ name }) => name);

/** What is to be typed: of a page its blocks, of any other file all but its remarks. */
function scripts({ path, text }: Document): string[] {
  if (!path.endsWith(".md")) return [text.replace(/^\s*#.*$/gm, "")];
  const fences = ["sh", "console", "text", "cron"].flatMap((name) => blocksOf(text, name));
  return [...fences, ...indentedBlocks(text)];
}

/** The commands in them. The reference is made of the declarations, whose examples are tried by themselves. */
export const typedCommands = documents
  .filter(({ path }) => path !== "docs/commands.md")
  .flatMap((document) =>
    scripts(document)
      .flatMap((script) => commandsIn(script, families))
      .map((command) => ({ path: document.path, command })),
  );
