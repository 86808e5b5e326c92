import { describe, expect, it } from "vitest";
import { readCommandLine } from "../../src/cli/command-line";
import { grammar } from "../../src/cli/commands";
import { commandsOf, find, flagsOf } from "../../src/cli/grammar";
import { help } from "../../src/cli/help/help";
import { Refusal } from "../../src/model/refusal";
import { wordsOf } from "../support/shell-lines";

describe("the grammar", () => {
  it("has every family, command and topic once, and no topic hides behind a command", () => {
    const families = grammar.families.map(({ name }) => name);
    expect(new Set(families).size).toBe(families.length);
    const paths = commandsOf(grammar).map(({ path }) => path.join(" "));
    expect(new Set(paths).size).toBe(paths.length);
    const topics = grammar.topics.map(({ name }) => name);
    expect(new Set(topics).size).toBe(topics.length);
    for (const { name, summary } of grammar.topics) {
      expect(help(grammar, [name], 200)).toContain(`${summary}.\n`);
    }
  });

  it("leads from words to a command, and to the words that are left", () => {
    const { family, command, rest } = find(grammar, ["user", "add_local", "alice@example.org"]);
    expect([family?.name, command?.name, rest]).toEqual([
      "user",
      "user/add_local",
      ["alice@example.org"],
    ]);
    expect(find(grammar, ["batch", "x"])).toMatchObject({
      command: { name: "batch" },
      rest: ["x"],
    });
    expect(find(grammar, ["user"])).toMatchObject({ command: undefined, rest: [] });
    expect(find(grammar, ["user", "gett"])).toMatchObject({ command: undefined, rest: ["gett"] });
    expect(find(grammar, ["usr", "get"])).toMatchObject({
      family: undefined,
      rest: ["usr", "get"],
    });
  });
});

it("says of each value what it is, and TEXT of free text alone", () => {
  const all = [...grammar.flags, ...commandsOf(grammar).flatMap(({ params }) => flagsOf(params))];
  const vague = all.filter(({ placeholder = "" }) => /^(CHOICE|VALUE|TEXT)$/.test(placeholder));
  expect([...new Set(vague.map(({ name }) => name))].sort()).toEqual([
    "dialplan",
    "linetext",
    "note",
  ]);
});

describe.each(commandsOf(grammar))("hermes $name", (command) => {
  const flags = flagsOf(command.params);

  it("has flags that are not spelled like each other, and say what they are for", () => {
    const spellings = flags.flatMap((flag) => flag.spellings);
    expect(new Set(spellings).size).toBe(spellings.length);
    for (const { about, spellings } of flags) {
      expect(about).toMatch(/\S/);
      for (const spelling of spellings) expect(spelling).toMatch(/^--[a-z0-9_-]+$/);
    }
  });

  it("has examples that it understands", async () => {
    for (const { command: example } of command.examples) {
      const { asks } = await readCommandLine(grammar, wordsOf(example));
      expect([example, asks instanceof Refusal ? asks.detail : asks]).toEqual([
        example,
        expect.objectContaining({
          kind: "command",
          command: expect.objectContaining({ name: command.name }),
        }),
      ]);
    }
  });
});
