import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allCommands } from "../../src/cli/commands";
import { usage } from "../../src/cli/help/words";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

const rows = allCommands().map(
  (command) =>
    `| \`${["hermes", ...command.path].join(" ")} ${usage(command).replace(/ ?\[flags\]$/, "")}`.trimEnd() +
    `\` | ${command.summary} |`,
);

test("the README's table has every command, as its help has it", () => {
  const missing = rows.filter((row) => !readme.includes(row));
  expect(missing, missing.join("\n")).toEqual([]);
});
