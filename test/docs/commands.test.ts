import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readCommandLine } from "../../src/cli/command-line";
import { allCommands, grammar } from "../../src/cli/commands";
import { withWords } from "../../src/cli/words";
import { Refusal } from "../../src/model/refusal";
import { wordsOf } from "../support/shell-lines";
import { documents, typedCommands } from "./documents";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("there are commands in the documents", () => {
  expect(typedCommands.length).toBeGreaterThan(80);
});

test.each(typedCommands)("$path: $command", async ({ command }) => {
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
