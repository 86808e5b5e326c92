import { beforeEach, describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { BARE_DOMAIN, DOMAIN, type Site } from "../../support/site";
import { ALICE, addAlice } from "./people";

const NUMBER = "+4712345000";
const OTHER = "+4712345001";
const DAY = 86_400;

const now = () => Math.floor(Date.now() / 1000);

/** numbers/show, numbers/reserve, numbers/unreserve, and numbers/release --quarantine. */
export function numberStateCases(site: () => Site): void {
  const call = (node: string, params: Record<string, unknown> = { number: NUMBER }) =>
    site().call(`numbers/${node}`, params);
  const ok = (node: string, params: Record<string, unknown> = { number: NUMBER }) =>
    site().ok(`numbers/${node}`, params);
  const state = async (number = NUMBER) => (await ok("show", { number })).state;
  const free = async () => {
    const { list } = await call("list", {});
    return list ?? [];
  };
  /** The tables as they are: what readers add to them must not show here. */
  const rows = async () => ({
    pool: (await site().sql("SELECT number FROM {numbers} ORDER BY number")).map(
      ({ number }) => number,
    ),
    held: (await site().sql("SELECT number FROM {held_numbers} ORDER BY number")).map(
      ({ number }) => number,
    ),
  });
  const letTimeGoBy = () => site().sql("UPDATE {held_numbers} SET until = 1");
  /** Another tool gives a number out, and knows nothing of the pool. */
  const aliasByHand = (number: string, domain = DOMAIN) =>
    site().sql(
      "INSERT INTO {dbaliases} (alias_username, alias_domain, username, domain) VALUES (?, ?, 'alice', ?)",
      [number, domain, DOMAIN],
    );
  const assign = () => ok("assign", { number: NUMBER, user: ALICE });

  beforeEach(async () => {
    await addAlice(site());
    await ok("add_range", { start: NUMBER, end: OTHER });
  });

  describe("numbers/show", () => {
    const nothing = { alias: null, destination: null, until: null, note: null };
    const known = { response: "ok", number: NUMBER, country: "NO", ...nothing };

    it("knows a free number, and one that nobody knows", async () => {
      expect(await call("show", { number: "+47 12 34 50 00" })).toMatchObject({
        ...known,
        state: "free",
      });
      const stranger = "+4740612345";
      expect(await call("show", { number: stranger })).toMatchObject({
        ...nothing,
        number: stranger,
        state: "unknown",
        type: "MOBILE",
      });
    });

    it("says whose a number is, as an alias or as an account", async () => {
      await assign();
      const alias = `${NUMBER}@${DOMAIN}`;
      const assigned = { ...known, state: "assigned", destination: ALICE };
      expect(await call("show")).toMatchObject({ ...assigned, alias });
      const user = `${OTHER}@${DOMAIN}`;
      await site().ok("user/add_local", { user, displayname: "N", email: "n@mail.example" });
      expect(await call("show", { number: OTHER })).toMatchObject({
        state: "assigned",
        alias: null,
        destination: user,
      });
    });

    it("says until when and what for", async () => {
      const until = now() + DAY;
      await ok("reserve", { number: NUMBER, until, note: "for Åse" });
      expect(await call("show")).toMatchObject({
        ...known,
        state: "reserved",
        until,
        note: "for Åse",
      });
    });

    it.each(["12345000", "+999123", "x"])("refuses %s", async (number) => {
      expect(await call("show", { number })).toEqual(failed("rejected"));
    });
  });

  describe("numbers/reserve and numbers/unreserve", () => {
    it("keeps a number from being given out, until it is let go", async () => {
      expect(await call("reserve")).toEqual({
        response: "ok",
        number: NUMBER,
        until: null,
        note: null,
      });
      expect(await free()).toEqual([OTHER]);
      expect((await ok("list", { random: true })).list).toEqual([OTHER]);
      expect(await call("inpool")).toEqual(failed("nonexistant", /reserved/));
      expect(await call("assign", { number: NUMBER, user: ALICE })).toEqual(
        failed("nonexistant", /reserved/),
      );
      expect(await call("unreserve")).toEqual({ response: "ok", number: NUMBER });
      expect(await free()).toEqual([NUMBER, OTHER]);
    });

    it("is kept so by whatever adds to the pool", async () => {
      await ok("reserve");
      expect(await call("add")).toEqual(failed("exists", /reserved/));
      expect(await call("add_range", { start: NUMBER, end: "+4712345002" })).toMatchObject({
        count: 3,
        added: 1,
        existing: 2,
        inuse: 0,
      });
      expect(await state()).toBe("reserved");
      expect(await free()).toEqual([OTHER, "+4712345002"]);
    });

    it("is over by itself: readers see it at once, the next writer puts it back", async () => {
      await ok("reserve", { number: NUMBER, until: "1d", note: "x" });
      await letTimeGoBy();
      expect(await free()).toEqual([NUMBER, OTHER]);
      expect(await call("inpool")).toEqual({ response: "ok", number: NUMBER });
      expect(await call("show")).toMatchObject({ state: "free", until: null, note: null });
      expect(await rows()).toEqual({ pool: [OTHER], held: [NUMBER] });
      await ok("add", { number: "+4712345009" });
      expect(await rows()).toEqual({ pool: [NUMBER, OTHER, "+4712345009"], held: [] });
    });

    it("gives out a number whose time is over, by name and where there is no other", async () => {
      await ok("reserve", { number: NUMBER, until: "1d" });
      await letTimeGoBy();
      await assign();
      expect(await rows()).toEqual({ pool: [OTHER], held: [] });
      await ok("release");
      await ok("remove", { number: OTHER });
      await ok("reserve", { number: NUMBER, until: "1d" });
      await letTimeGoBy();
      expect((await ok("list", { random: true, limit: 5 })).list).toEqual([NUMBER]);
      expect(await call("assign", { random: true, search: "+47*", user: ALICE })).toMatchObject({
        number: NUMBER,
      });
      expect(await rows()).toEqual({ pool: [], held: [] });
    });

    it("is not over for a number that somebody has by then", async () => {
      await ok("reserve", { number: NUMBER, until: "1d" });
      await letTimeGoBy();
      await aliasByHand(NUMBER);
      expect(await free()).toEqual([OTHER]);
      expect(await state()).toBe("assigned");
      await ok("add", { number: "+4712345009" });
      expect(await rows()).toEqual({ pool: [OTHER, "+4712345009"], held: [] });
    });

    it("changes what is given of a reservation that there is", async () => {
      const until = now() + DAY;
      await ok("reserve", { number: NUMBER, note: "for Bob" });
      expect(await call("reserve", { number: NUMBER, until })).toMatchObject({
        until,
        note: "for Bob",
      });
      expect(await call("reserve", { number: NUMBER, note: "for Eve" })).toMatchObject({
        until,
        note: "for Eve",
      });
    });

    it.each([
      ["90d", 90 * DAY],
      ["12h", 12 * 3600],
      ["2w", 14 * DAY],
    ])("takes %s from now on", async (until, seconds) => {
      const answer = await ok("reserve", { number: NUMBER, until });
      expect(Number(answer.until) - now() - seconds).toBeGreaterThanOrEqual(-5);
      expect(Number(answer.until) - now() - seconds).toBeLessThanOrEqual(0);
    });

    it("takes the day that it ends at", async () => {
      expect(await ok("reserve", { number: NUMBER, until: "2099-12-31" })).toMatchObject({
        until: new Date(2099, 11, 31).getTime() / 1000,
      });
    });

    it.each(["2020-01-01", "0d", "soon", "2099-02-30", "90", "-1d", "1e3d", "99999999999w"])(
      "refuses --until %s",
      async (until) => {
        expect(await call("reserve", { number: NUMBER, until })).toEqual(
          invalid("parameters", /until/),
        );
        expect(await state()).toBe("free");
      },
    );

    it("refuses what is not in the pool, or somebody's", async () => {
      expect(await call("reserve", { number: "+4799" })).toEqual(failed("nonexistant"));
      expect(await call("reserve", { number: "99" })).toEqual(failed("rejected"));
      await aliasByHand(OTHER, BARE_DOMAIN);
      expect(await call("reserve", { number: OTHER })).toEqual(failed("inuse", BARE_DOMAIN));
      expect(await call("unreserve")).toEqual(failed("nonexistant", /not reserved/));
      expect(await call("unreserve", { number: "+4799" })).toEqual(failed("nonexistant"));
      expect(await call("unreserve", { number: "99" })).toEqual(failed("rejected"));
      expect(await call("reserve", { number: NUMBER, note: "a\nb" })).toEqual(
        invalid("parameters", /note/),
      );
    });

    it("goes with the range that it is of, and with a number that is removed", async () => {
      await ok("reserve");
      await ok("reserve", { number: OTHER });
      expect(await call("remove_range", { start: NUMBER, end: "+4712345009" })).toMatchObject({
        count: 10,
        removed: 2,
      });
      expect(await rows()).toEqual({ pool: [], held: [] });
      await ok("add");
      await ok("reserve");
      await ok("remove");
      expect(await rows()).toEqual({ pool: [], held: [] });
    });

    it("gives way to an alias that somebody adds on purpose", async () => {
      await ok("reserve");
      await site().ok("alias/add", { alias: `${NUMBER}@${DOMAIN}`, destination: ALICE });
      expect(await rows()).toEqual({ pool: [OTHER], held: [] });
    });
  });

  describe("numbers/release --quarantine", () => {
    it("lets a number rest before it is given out again", async () => {
      await assign();
      const answer = await ok("release", { number: NUMBER, quarantine: "90d" });
      expect(Number(answer.until) - now() - 90 * DAY).toBeLessThanOrEqual(0);
      expect(await free()).toEqual([OTHER]);
      expect(await call("show")).toMatchObject({ state: "quarantined", until: answer.until });
      expect(await call("inpool")).toEqual(failed("nonexistant", /rests/));
      expect(await call("assign", { number: NUMBER, user: ALICE })).toEqual(
        failed("nonexistant", /rests/),
      );
      expect(await call("add")).toEqual(failed("exists", /rests/));
      expect(await call("reserve")).toEqual(failed("nonexistant", /rests/));
      expect(await call("unreserve")).toEqual(failed("nonexistant", /rests/));
      await letTimeGoBy();
      expect(await free()).toEqual([NUMBER, OTHER]);
      expect(await call("reserve", { number: NUMBER, note: "x" })).toMatchObject({
        until: null,
        note: "x",
      });
    });

    it("is the configuration's, and --quarantine's before that", async () => {
      const { hermes } = site();
      const { defaults } = hermes.config;
      Object.assign(defaults, { quarantine: DAY });
      try {
        await assign();
        expect(await call("release", { number: NUMBER, quarantine: "0d" })).toMatchObject({
          until: null,
        });
        await assign();
        const { until } = await ok("release");
        expect(Number(until) - now() - DAY).toBeLessThanOrEqual(0);
        await ok("assign", { number: OTHER, user: ALICE });
        await site().ok("user/remove", { user: ALICE, cascade: true });
        expect(await state(OTHER)).toBe("quarantined");
      } finally {
        Object.assign(defaults, { quarantine: 0 });
      }
    });

    it.each(["90", "soon", "-1d", "1.5d", ""])("refuses %s", async (quarantine) => {
      await assign();
      expect(await call("release", { number: NUMBER, quarantine })).toEqual(
        invalid("parameters", /quarantine/),
      );
      expect(await state()).toBe("assigned");
    });
  });

  describe("a number in use", () => {
    beforeEach(() => aliasByHand(NUMBER));

    it("is nowhere called free, although another tool left it in the pool", async () => {
      expect(await free()).toEqual([OTHER]);
      expect((await ok("list", { random: true })).list).toEqual([OTHER]);
      expect((await ok("list", { random: true, limit: 5 })).list).toEqual([OTHER]);
      expect(await call("inpool")).toEqual(failed("nonexistant", ALICE));
      expect(await call("add")).toEqual(failed("inuse", ALICE));
    });

    it("is left out by whatever adds to the pool, and counted", async () => {
      await ok("remove_range", { start: NUMBER, end: OTHER });
      const user = `+4712345003@${DOMAIN}`;
      await site().ok("user/add_local", { user, displayname: "N", email: "n@mail.example" });
      await aliasByHand(NUMBER, BARE_DOMAIN);
      const range = { start: NUMBER, end: "+4712345009" };
      for (const counts of [
        { added: 8, existing: 0, inuse: 2 },
        { added: 0, existing: 8, inuse: 2 },
      ]) {
        expect(await call("add_range", range)).toMatchObject({ count: 10, ...counts });
      }
      expect((await rows()).pool).toHaveLength(8);
    });

    it("is left out of lists, however many there are, and numbers that are back stand in between", async () => {
      const numbers = Array.from({ length: 12_000 }, (_, place) => `+46${1_000_000 + place}`);
      await ok("add_range", { start: "+461000000", end: "+461012999" });
      await ok("reserve", { number: "+461012500", until: "1d" });
      await letTimeGoBy();
      const rows = numbers.map((number) => `('${number}', '${DOMAIN}', 'alice', '${DOMAIN}')`);
      await site().sql(
        `INSERT INTO {dbaliases} (alias_username, alias_domain, username, domain) VALUES ${rows}`,
      );
      const left = Array.from({ length: 1000 }, (_, place) => `+46101${2000 + place}`);
      expect(await free()).toEqual([...left, OTHER]);
      expect((await ok("list", { limit: 2 })).list).toEqual(left.slice(0, 2));
      expect((await ok("list", { ranges: true, search: "+46*" })).list).toEqual([
        { start: "+461012000", end: "+461012999", count: 1000 },
      ]);
      expect((await ok("list", { state: "assigned", search: "+46*" })).list).toHaveLength(12_000);
      expect((await ok("usage", { by: 2 })).list).toMatchObject([
        { prefix: "+46", total: 13_000, free: 1000, assigned: 12_000 },
        { prefix: "+47" },
      ]);
    });

    it("is free once it is released, and known to nobody where its alias was removed", async () => {
      await ok("release");
      expect(await state()).toBe("free");
      await assign();
      await site().ok("alias/remove", { alias: `${NUMBER}@${DOMAIN}` });
      expect(await state()).toBe("unknown");
    });
  });
}
