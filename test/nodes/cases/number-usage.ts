import { beforeEach, describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { BARE_DOMAIN, DOMAIN, type Site } from "../../support/site";
import { ALICE, addAlice } from "./people";

/** numbers/list --ranges and --state, and numbers/usage. */
export function numberUsageCases(site: () => Site): void {
  const list = (params: Record<string, unknown>) => site().call("numbers/list", params);
  const usage = (params: Record<string, unknown> = {}) => site().call("numbers/usage", params);
  const listed = async (params: Record<string, unknown>) =>
    (await site().ok("numbers/list", params)).list;
  let until: unknown;

  /** Ten numbers: 0 to 2 and 6 to 9 free, 3 assigned, 4 reserved, 5 at rest; and one elsewhere. */
  beforeEach(async () => {
    await addAlice(site());
    await site().ok("numbers/add_range", { start: "+4712345000", end: "+4712345009" });
    for (const number of ["+4712345005", "+4712345003"]) {
      await site().ok("numbers/assign", { number, user: ALICE });
      if (number !== "+4712345005") continue;
      ({ until } = await site().ok("numbers/release", { number, quarantine: "90d" }));
    }
    await site().ok("numbers/reserve", { number: "+4712345004", note: "for Bob" });
    await site().ok("alias/add", {
      alias: `+4920000@${BARE_DOMAIN}`,
      destination: "x@elsewhere.org",
    });
  });

  describe("numbers/list --ranges", () => {
    it("lists successive numbers as one", async () => {
      expect(await list({ ranges: true })).toEqual({
        response: "ok",
        list: [
          { start: "+4712345000", end: "+4712345002", count: 3 },
          { start: "+4712345006", end: "+4712345009", count: 4 },
        ],
      });
      await site().ok("numbers/add", { number: "+471234501" });
      expect(await listed({ ranges: true, search: "*00?" })).toHaveLength(2);
      expect(await listed({ ranges: true, limit: 1 })).toHaveLength(1);
      expect(await listed({ ranges: true })).toHaveLength(3);
    });

    it("goes with neither --random nor --state", async () => {
      for (const other of [{ random: true }, { state: "all" }]) {
        expect(await list({ ranges: true, ...other })).toEqual(invalid("parameters"));
      }
    });

    it("refuses where there are none", async () => {
      expect(await list({ ranges: true, search: "+46*" })).toEqual(failed("empty"));
    });
  });

  describe("numbers/list --state", () => {
    const assigned = [
      { number: "+4712345003", alias: `+4712345003@${DOMAIN}`, destination: ALICE },
      { number: "+4920000", alias: `+4920000@${BARE_DOMAIN}`, destination: "x@elsewhere.org" },
    ].map((entry) => ({ state: "assigned", ...entry }));

    it("lists those that somebody has, and whose they are", async () => {
      expect(await listed({ state: "assigned" })).toEqual(assigned);
      expect(await listed({ state: "assigned", search: "+49*" })).toEqual(assigned.slice(1));
      expect(await listed({ state: "ASSIGNED", limit: 1 })).toEqual(assigned.slice(0, 1));
    });

    it("lists a number once for each that has it, accounts too", async () => {
      await site().sql(
        "INSERT INTO {dbaliases} (alias_username, alias_domain, username, domain) VALUES ('+4712345003', ?, 'bob', ?)",
        [BARE_DOMAIN, DOMAIN],
      );
      const user = `+4712345000@${DOMAIN}`;
      await site().ok("user/add_local", { user, displayname: "N", email: "n@mail.example" });
      const all = (await listed({ state: "assigned" })) as { number: string; alias: unknown }[];
      expect(all.map(({ number }) => number)).toEqual([
        ...["+4712345000", "+4712345003", "+4712345003", "+4920000"],
      ]);
      expect(all[0]).toMatchObject({ alias: null, destination: user });
    });

    it("lists reserved ones, and those at rest", async () => {
      expect(await listed({ state: "reserved" })).toEqual([
        { number: "+4712345004", state: "reserved", until: null, note: "for Bob" },
      ]);
      expect(await listed({ state: "quarantined" })).toEqual([
        { number: "+4712345005", state: "quarantined", until },
      ]);
    });

    it("lists all, in order", async () => {
      const all = (await listed({ state: "all" })) as { number: string; state: string }[];
      expect(all.map(({ number }) => number)).toEqual([
        ...Array.from({ length: 10 }, (_, place) => `+471234500${place}`),
        "+4920000",
      ]);
      const short = all.map(({ state }) => state.slice(0, 1)).join("");
      expect(short).toBe("fffarqffffa");
      await site().sql("UPDATE {held_numbers} SET until = 1");
      const { list: free } = await site().ok("numbers/list", { state: "free" });
      expect(free).toHaveLength(9);
    });

    it("refuses a state that there is not, and one of no number", async () => {
      expect(await list({ state: "lost" })).toEqual(invalid("parameters", /state/));
      expect(await list({ state: "reserved", search: "+49*" })).toEqual(failed("empty", /49/));
    });
  });

  describe("numbers/usage", () => {
    const none = { free: 0, assigned: 0, reserved: 0, quarantined: 0 };
    const counts = { total: 10, free: 7, assigned: 1, reserved: 1, quarantined: 1 };

    it("counts range by range, whatever a number is", async () => {
      expect(await usage()).toEqual({
        response: "ok",
        list: [
          { start: "+4712345000", end: "+4712345009", ...counts },
          { start: "+4920000", end: "+4920000", ...none, total: 1, assigned: 1 },
        ],
      });
      expect((await usage({ by: "range" })).list).toHaveLength(2);
    });

    it("counts by so many digits", async () => {
      await site().ok("numbers/add", { number: "+47123" });
      const elsewhere = { prefix: "+49200", ...none, total: 1, assigned: 1 };
      expect((await usage({ by: 5 })).list).toEqual([
        { prefix: "+47123", ...counts, total: 11, free: 8 },
        elsewhere,
      ]);
      expect((await usage({ by: "6" })).list).toEqual([
        { prefix: "+47123", ...none, total: 1, free: 1 },
        { prefix: "+471234", ...counts },
        { ...elsewhere, prefix: "+492000" },
      ]);
      expect((await usage({ by: 5, search: "+49*" })).list).toEqual([elsewhere]);
      expect((await usage({ by: 5, limit: 1 })).list).toHaveLength(1);
    });

    it.each([0, 16, "-1", "many", "1.5", ""])("refuses --by %s", async (by) => {
      expect(await usage({ by })).toEqual(invalid("parameters", /by/));
    });

    it("refuses where there is nothing to count", async () => {
      expect(await usage({ search: "+46*" })).toEqual(failed("empty"));
    });

    it("counts a number that other tools left in the pool as somebody's", async () => {
      await site().sql("INSERT INTO {numbers} (number) VALUES ('+4712345003'), ('+4920000')");
      expect((await usage({ by: 2 })).list).toMatchObject([counts, { total: 1, assigned: 1 }]);
    });
  });
}
