import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load";
import { NO_ETC } from "../support/no-etc";

describe("[classes]", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "hermes-config-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const load = (section: string) => {
    const file = join(home, "x.toml");
    writeFileSync(file, `[classes]\n${section}`);
    return loadConfig({ ...NO_ETC, HOME: home }, file);
  };

  it("is the example's country and nothing else where it is left out", async () => {
    const { classes } = await load("");
    expect(classes).toMatchObject({ country: "NO", emergencyAlways: false, own: [] });
    expect(classes.emergency).toBeUndefined();
  });

  it("takes every key", async () => {
    const { classes } = await load(`
      country = "DE"
      international_prefix = "00"
      national_prefix = "0"
      emergency_always = true
      own = ["+4930123???"]
      emergency = ["110", "112"]
      internal = ["5???"]
      national = []
      services = ["115", "118??"]
      international = ["+4179*"]
      others = ["+49900*"]
    `);
    expect(classes).toEqual({
      country: "DE",
      internationalPrefix: "00",
      nationalPrefix: "0",
      emergencyAlways: true,
      own: ["+4930123???"],
      emergency: ["110", "112"],
      numbers: {
        INTERNAL: ["5???"],
        NATIONAL: [],
        SERVICES: ["115", "118??"],
        INTERNATIONAL: ["+4179*"],
        OTHERS: ["+49900*"],
      },
    });
  });

  it.each([
    ['servces = ["115"]', /classes\.servces is no setting.*services/],
    ['services = "115"', /classes\.services must be a list/],
    ['emergency_always = "yes"', /classes\.emergency_always must be a boolean/],
    ["services = [115]", /classes\.services: 115 is no number.*quotes/],
    ['services = ["1*5"]', /classes\.services: "1\*5" is no number/],
    ['own = [".*"]', /classes\.own: "\.\*" is no number/],
    ['international_prefix = "+"', /classes\.international_prefix must be/],
  ])("refuses %s", async (section, detail) => {
    await expect(load(section)).rejects.toMatchObject({
      response: "error",
      reason: "config",
      detail: expect.stringMatching(detail),
    });
  });
});
