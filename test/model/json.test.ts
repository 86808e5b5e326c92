import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NotJson, parseJson } from "../../src/model/json";

describe("parseJson", () => {
  it("reads what JSON.stringify writes, to the last digit", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes("-0") && !/\de[+-]/.test(text));
        expect(JSON.stringify(parseJson(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['"12345678901234567890 [[[ 1.10"', "12345678901234567890 [[[ 1.10"],
    ['"\\"1.10"', '"1.10'],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ["-0.5", -0.5],
    ["[".repeat(20) + "]".repeat(20), expect.anything()],
  ])("%s", (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each([
    "12345678901234567890",
    "9007199254740993",
    "1.10",
    "1e3",
    "5060.0",
    "0.1234567890123456789",
  ])("takes no number that would be written differently: %s", (number) => {
    expect(() => parseJson(`{"password":${number}}`)).toThrow(
      `has the number ${number}, which would not be kept as written: quote it`,
    );
  });

  it.each(["", "{", '{"a":"1.10}', "01", "{'a':1}", "NaN"])("%j is no JSON", (text) => {
    expect(() => parseJson(text)).toThrow(new NotJson("is no JSON"));
  });

  it("takes nothing that is too deep to walk", () => {
    for (const depth of [21, 40_000]) {
      const text = "[".repeat(depth) + "]".repeat(depth);
      expect(() => parseJson(text)).toThrow("is nested more than 20 deep");
    }
  });
});
