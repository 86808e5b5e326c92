import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "../../src/model/duration";
import { parseMoment, unixOf } from "../../src/model/moment";

describe("a length of time", () => {
  it.each([
    ["90d", 7_776_000],
    ["12h", 43_200],
    ["0d", 0],
    ["30 m", 1800],
    ["2W", 1_209_600],
    ["45s", 45],
  ])("%s", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
    expect(parseDuration(formatDuration(seconds))).toBe(seconds);
  });

  it.each(["", "90", "d", "1.5d", "-1d", "1y", "1d12h", "999999d", "12345678901s"])(
    "%j is none",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

describe("a time", () => {
  it.each([
    ["2026-12-31", new Date(2026, 11, 31).getTime() / 1000],
    ["2026-12-31T18:30", new Date(2026, 11, 31, 18, 30).getTime() / 1000],
    ["2026-12-31 18:30:05Z", Date.UTC(2026, 11, 31, 18, 30, 5) / 1000],
    ["2026-12-31T18:30+02:00", Date.UTC(2026, 11, 31, 16, 30) / 1000],
    ["1800000000", 1_800_000_000],
    ["1h", 4600],
  ])("%s", (text, unix) => {
    const moment = parseMoment(text);
    expect(moment && unixOf(moment, 1000)).toBe(unix);
  });

  it.each(["", "tomorrow", "2026-02-29", "2026-13-01", "2026-02-30T10:00", "2026-01-01T25:00"])(
    "%j is none",
    (text) => {
      expect(parseMoment(text)).toBeUndefined();
    },
  );
});
