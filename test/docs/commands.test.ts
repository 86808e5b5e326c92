import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readCommandLine } from "../../src/cli/command-line";
import { allCommands, grammar } from "../../src/cli/commands";
import { withWords } from "../../src/cli/words";
import { Refusal } from "../../src/model/refusal";
import { blocksOf, commandsIn, indentedBlocks, wordsOf } from "../support/shell-lines";
import { documents } from "./documents";

const root = fileURLToPath(new URL("../..", import.meta.url));
const families = grammar.families.map(({ name }) => name);

/** What is to be typed: of a page its blocks, of any other file all but its remarks. */
function scripts(path: string, text: string): string[] {
  if (!path.endsWith(".md")) return [text.replace(/^\s*#.*$/gm, "")];
  const fences = ["sh", "console", "text", "cron"].flatMap((name) => blocksOf(text, name));
  return [...fences, ...indentedBlocks(text)];
}

const typed = documents.flatMap(({ path, text }) =>
  // The reference is made of the declarations, whose examples are tried by themselves.
  path === "docs/commands.md"
    ? []
    : scripts(path, text)
        .flatMap((script) => commandsIn(script, families))
        .map((command) => ({ path, command })),
);

test("there are commands in the documents", () => {
  expect(typed.length).toBeGreaterThan(80);
});

test.each(typed)("$path: $command", async ({ command }) => {
  const [first, ...others] = wordsOf(command);
  // What stands behind it is a command by itself.
  if (first === "restricted" && others.length < 2) return;
  const words = first === "restricted" ? others : wordsOf(command);
  const { asks } = await readCommandLine(grammar, words);
  if (asks instanceof Refusal) throw asks;
  if (asks.kind !== "command") return;
  // Throws where a word has no place.
  withWords(asks.command.params, asks.given, asks.words);
});

test("every link leads to a file", () => {
  const lost = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(([, target = ""]) => join(dirname(path), target))
      .filter((target) => path.endsWith(".md") && !existsSync(join(root, target)))
      .map((target) => `${path} → ${target}`),
  );
  expect(lost).toEqual([]);
});

test("the README leads to every document", () => {
  const [readme, ...others] = documents;
  const unread = others
    .map(({ path }) => path)
    .filter((path) => path.startsWith("docs/") && !readme?.text.includes(`(${path})`));
  expect(unread).toEqual([]);
});

test("README is a page and a half", () => {
  expect(documents[0]?.text.split("\n").length).toBeLessThan(120);
  expect(allCommands().length).toBeGreaterThan(0);
});
