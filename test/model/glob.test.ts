import fc from "fast-check";
import Database from "libsql";
import { afterAll, describe, expect, it } from "vitest";
import { likePattern } from "../../src/model/glob";

describe("likePattern", () => {
  const database = new Database(":memory:");
  const like = database.prepare("SELECT ? LIKE ? ESCAPE '|' AS matches");
  afterAll(() => {
    database.close();
  });
  const matches = (text: string, search: string) =>
    (like.get(text, likePattern(search)) as { matches: number }).matches === 1;

  // Few letters, so that something matches now and then.
  const text = fc.string({ unit: fc.constantFrom(..."ab%_|\\'[]^."), maxLength: 8 });
  const glob = fc.string({ unit: fc.constantFrom(..."ab%_|\\'[]^.*?"), maxLength: 6 });

  it("matches anywhere without * and ?, every other character as it is", () => {
    fc.assert(
      fc.property(text, text, (text, search) => {
        expect(matches(text, search)).toBe(text.includes(search));
      }),
      { numRuns: 1000 },
    );
  });

  it("is a glob over the whole value with them", () => {
    const expected = (search: string) =>
      [...search]
        .map((char) => ({ "*": "[^]*", "?": "[^]" })[char] ?? char.replace(/\W/g, "\\$&"))
        .join("");
    fc.assert(
      fc.property(text, glob, (text, search) => {
        fc.pre(/[*?]/.test(search));
        expect(matches(text, search)).toBe(new RegExp(`^${expected(search)}$`).test(text));
      }),
      { numRuns: 1000 },
    );
  });
});
