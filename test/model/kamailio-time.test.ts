import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { kamailioTime } from "../../src/model/kamailio-time";

const zone = process.env.TZ;
// From 1971 to 2100.
const seconds = fc.integer({ min: 31_536_000, max: 4_102_444_800 });
const zones = ["UTC", "America/St_Johns", "Asia/Kolkata", "Pacific/Kiritimati"];

describe("kamailioTime", () => {
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it("reads a Julian day in UTC, half a second low, wherever the host is", () => {
    for (const timezone of zones) {
      process.env.TZ = timezone;
      fc.assert(
        fc.property(seconds, (unix) => {
          expect(kamailioTime(unix / 86400 + 2440587.5 - 0.5 / 86400)).toBe(unix);
        }),
      );
    }
  });

  it("reads a DATETIME in the host's local time", () => {
    for (const timezone of zones) {
      process.env.TZ = timezone;
      fc.assert(
        fc.property(seconds, (unix) => {
          const stored = local(unix);
          const found = kamailioTime(stored) ?? 0;
          // In the hour that a clock is put back two times are written alike.
          expect(local(found)).toBe(stored);
        }),
      );
    }
  });

  it("takes time 0, in whichever zone, for never", () => {
    for (const timezone of zones) {
      process.env.TZ = timezone;
      expect(kamailioTime(local(0))).toBe(0);
    }
    expect(kamailioTime(2440587.5)).toBe(0);
    expect(kamailioTime(2440587.499994213)).toBe(0);
    expect(kamailioTime("0000-00-00 00:00:00")).toBe(0);
  });

  it("reads unix seconds", () => {
    expect(kamailioTime(1_790_000_000)).toBe(1_790_000_000);
  });

  it("takes nothing else for a time", () => {
    for (const stored of ["", "never", null, undefined])
      expect(kamailioTime(stored)).toBeUndefined();
  });

  function local(unix: number): string {
    const at = new Date(unix * 1000);
    const two = (value: number) => String(value).padStart(2, "0");
    const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
    return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":")}`;
  }
});
