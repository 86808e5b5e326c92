import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Schema } from "../../src/database/schema";
import { numberSeries } from "../../src/store/provisioning/series";
import { type Site, startSite } from "../support/site";

/** MySQL has no sequence engine: there, joined digits make the numbers. Any server can do that. */
describe("a range of numbers without the sequence engine", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite("v7");
  });
  afterAll(() => site.stop());

  const withoutEngine = { kind: "mysql", row: async () => undefined } as unknown as Schema;

  it.each([
    [4712345000, 1],
    [4712345098, 5],
    [471234567890120, 1001],
    [4790000000, 100_000],
  ])("from +%i on, %i numbers", async (first, size) => {
    await site.reset();
    const make = await numberSeries(withoutEngine);
    const span = { start: `+${first}`, end: `+${first + size - 1}`, without: [] };
    const { sql, values } = make("{numbers}", span);
    await site.sql(sql, [...values]);
    const [row] = await site.sql(
      "SELECT COUNT(*) AS n, MIN(number) AS first, MAX(number) AS last FROM {numbers}",
    );
    expect(row).toEqual({ n: size, first: `+${first}`, last: `+${first + size - 1}` });
  });
});
