import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { posixTimeZone, timeZone } from "../../src/phones/time-zone";

const YEAR = 2026;

/** Noon and midnight of every fourth day or so, over three years: seconds since 1970. */
const TIMES = Array.from({ length: 540 }, (_, index) => Date.UTC(YEAR, 0) / 1000 + index * 175_000);

/** The clock times that the C library makes of a POSIX `TZ` value. */
function clockOfC(tz: string): string[] {
  const input = TIMES.map((time) => `@${time}\n`).join("");
  const { stdout } = spawnSync("date", ["-f", "-", "+%F %T"], {
    input,
    encoding: "utf8",
    env: { TZ: tz },
  });
  return stdout.trim().split("\n");
}

/** The clock times by the time zone database. */
function clockOfDatabase(timeZone: string): string[] {
  const format = new Intl.DateTimeFormat("sv", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  return TIMES.map((time) => format.format(time * 1000));
}

const differs = (name: string) =>
  clockOfC(posixTimeZone(timeZone(name, YEAR))).join() !== clockOfDatabase(name).join();

describe("a phone's clock goes as the zone's, in summer and in winter", () => {
  test.each([
    ["Europe/Berlin", "STD-1DST-2,M3.5.0/2,M10.5.0/3"],
    ["Europe/Dublin", "STD0DST-1,M3.5.0/1,M10.5.0/2"],
    ["America/New_York", "STD5DST4,M3.2.0/2,M11.1.0/2"],
    ["Australia/Lord_Howe", "STD-10:30DST-11,M10.1.0/2,M4.1.0/2"],
    ["Asia/Kolkata", "STD-5:30"],
    ["Etc/UTC", "STD0"],
  ])("%s", (name, posix) => {
    expect(posixTimeZone(timeZone(name, YEAR))).toBe(posix);
    expect(differs(name)).toBe(false);
  });

  test("every zone of the world, but for the few whose rule no phone can be told: those stay at standard time", () => {
    const others = Intl.supportedValuesOf("timeZone").filter(differs);
    expect(others.filter((name) => timeZone(name, YEAR).summer !== null)).toEqual([]);
    expect(others.length).toBeLessThan(15);
  });
});

test("a name that no zone has is refused", () => {
  expect(() => timeZone("Europe/Nowhere")).toThrow("There is no time zone Europe/Nowhere.");
});
