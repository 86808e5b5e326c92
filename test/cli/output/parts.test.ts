import { describe, expect, it } from "vitest";
import * as answer from "../../../src/answers";
import { columnWidths } from "../../../src/cli/output/column-widths";
import { label } from "../../../src/cli/output/label";
import { localTime } from "../../../src/cli/output/time";
import { visible } from "../../../src/cli/output/visible";
import { wrap, wrapWords } from "../../../src/cli/output/wrap";
import { isoTime } from "../../../src/model/iso-time";

describe("visible", () => {
  it.each([
    ["Ålesund 日本 🙂", "Ålesund 日本 🙂"],
    ["\u001b]0;title\u0007", "\\x1b]0;title\\x07"],
    ["a\tb\r\nc", "a\\tb\\r\\nc"],
    ["\u009b31m", "\\x9b31m"],
    ["a\u202eb", "a\\u202eb"],
  ])("%j → %j", (given, expected) => {
    expect(visible(given)).toBe(expected);
  });
});

describe("wrap", () => {
  it.each([
    ["short", 8, ["short"]],
    ["one two three", 8, ["one two", "three"]],
    ["sip:alice@example.org", 8, ["sip:alic", "e@exampl", "e.org"]],
    ["日本語", 4, ["日本", "語"]],
    ["⌚⌚⌚⌚⌚⌚⌚⌚", 8, ["⌚⌚⌚⌚", "⌚⌚⌚⌚"]],
    ["e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]],
    ["👩‍👧👩‍👧👩‍👧", 4, ["👩‍👧👩‍👧", "👩‍👧"]],
  ])("%s in %i", (given, width, expected) => {
    expect(wrap(given, width)).toEqual(expected);
  });
});

describe("wrapWords", () => {
  it.each([
    ["one two three", 8, ["one two", "three"]],
    ["see sip:alice@example.org there", 8, ["see", "sip:alice@example.org", "there"]],
  ])("%s in %i", (given, width, expected) => {
    expect(wrapWords(given, width)).toEqual(expected);
  });
});

describe("columnWidths", () => {
  it.each([
    ["room for all", [10, 20], 40, [10, 20]],
    ["the widest gives way", [10, 50], 40, [10, 30]],
    ["both do", [40, 50], 40, [20, 20]],
    ["too narrow to read", [20, 20, 20], 20, undefined],
  ])("%s", (_, natural, room, expected) => {
    expect(columnWidths(natural, room)).toEqual(expected);
  });
});

describe("label", () => {
  it.each([
    ["r_port", answer.number({ label: "registrar port" }), "registrar port"],
    ["without_password", answer.text(), "without password"],
  ])("%s → %s", (name, answer, expected) => {
    expect(label({ name, answer })).toBe(expected);
  });
});

describe("times", () => {
  const at = new Date(2026, 10, 22, 14, 3, 10).getTime();

  it.each([
    [0, "now"],
    [5 * 60_000, "in 5 minutes"],
    [-86_400_000, "1 day ago"],
    [-3 * 86_400_000, "3 days ago"],
    [400 * 86_400_000, "in 1 year"],
  ])("%i ms away → %s", (away, words) => {
    expect(localTime(at, at - away)).toBe(`2026-11-22 14:03:10 (${words})`);
  });

  it("ISO in UTC", () => {
    expect(isoTime(1_000_000_000_000)).toBe("2001-09-09T01:46:40Z");
  });
});
