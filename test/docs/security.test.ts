import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), "utf8");

/** Rows of tables of docs/security.md that have a column "held by": what is tried, and by which test. */
const rows = read("docs/security.md")
  .split(/\n(?=## )/)
  .filter((section) => section.includes("| held by |"))
  .flatMap((section) => section.split("\n"))
  .filter((line) => line.startsWith("|") && !/^\|(---| what is tried )/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map((cells) => ({ tried: cells[1] ?? "", heldBy: cells[3] ?? "" }));

describe("every promise of docs/security.md is held by a test", () => {
  test("there are some", () => expect(rows.length).toBeGreaterThan(20));

  test.each(rows)("$tried", ({ heldBy }) => {
    const [, file = "", name = ""] = /^`(test\/[^`]+)`: (.+)$/.exec(heldBy) ?? [];
    expect(file, heldBy).not.toBe("");
    expect(read(file)).toContain(name);
  });
});
