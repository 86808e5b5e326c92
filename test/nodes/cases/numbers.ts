import { describe, expect, it } from "vitest";
import { Rows } from "../../../src/model/rows";
import { failed, invalid } from "../../support/answers";
import type { Site } from "../../support/site";

const NOT_E164 = "Not a valid E164 number";

/** numbers/list, numbers/add_range, numbers/add, numbers/remove and numbers/inpool. */
export function numberCases(site: () => Site, { large }: { large: boolean }): void {
  const pool = async () =>
    (await site().sql<{ number: string }>("SELECT number FROM {numbers} ORDER BY number")).map(
      ({ number }) => number,
    );

  describe("numbers/add", () => {
    it.each(["+4712345679", "+47 12 34 56 79", "+47 (12) 34-56.79"])("adds %s", async (number) => {
      expect(await site().call("numbers/add", { number })).toEqual({
        response: "ok",
        detail: "Added +4712345679",
        number: "+4712345679",
      });
      expect(await pool()).toEqual(["+4712345679"]);
    });

    it("takes the shortest and the longest", async () => {
      await site().ok("numbers/add", { number: "+471" });
      await site().ok("numbers/add", { number: "+471234567890123" });
      expect(await pool()).toEqual(["+471", "+471234567890123"]);
    });

    it.each([
      "4712345679",
      "004712345679",
      "+",
      "+0123456",
      "+999123",
      "+4712345678901234",
      "+47x",
    ])("refuses %s", async (number) => {
      expect(await site().call("numbers/add", { number })).toEqual(failed("rejected", NOT_E164));
      expect(await pool()).toEqual([]);
    });

    it("refuses a number that is there, and none at all", async () => {
      await site().ok("numbers/add", { number: "+4712345679" });
      expect(await site().call("numbers/add", { number: "+4712345679" })).toEqual(failed("exists"));
      expect(await site().call("numbers/add")).toEqual(invalid("parameters", "number"));
    });

    it("refuses with dbfail where the database does", async () => {
      await site().refuse("INSERT", "numbers");
      expect(await site().call("numbers/add", { number: "+4712345679" })).toEqual(
        failed("dbfail", "not today"),
      );
    });
  });

  describe("numbers/remove and numbers/inpool", () => {
    it("finds a number and takes it out", async () => {
      await site().ok("numbers/add", { number: "+4712345676" });
      const answer = { response: "ok", number: "+4712345676" };
      expect(await site().call("numbers/inpool", { number: "+47 12345676" })).toEqual(answer);
      expect(await site().call("numbers/remove", { number: "+47 12345676" })).toEqual(answer);
      expect(await pool()).toEqual([]);
    });

    it.each(["numbers/inpool", "numbers/remove"])("%s refuses what is not there", async (node) => {
      expect(await site().call(node, { number: "+4712345676" })).toEqual(failed("nonexistant"));
      expect(await site().call(node, { number: "12345676" })).toEqual(failed("rejected", NOT_E164));
      expect(await site().call(node, { number: "" })).toEqual(invalid("parameters", "number"));
    });

    it("refuses with dbfail where the database does", async () => {
      await site().ok("numbers/add", { number: "+4712345676" });
      await site().refuse("DELETE", "numbers");
      expect(await site().call("numbers/remove", { number: "+4712345676" })).toEqual(
        failed("dbfail", "not today"),
      );
    });
  });

  describe("numbers/add_range", () => {
    const addRange = (start: string, end: string) =>
      site().call("numbers/add_range", { start, end });

    it("adds both ends and all between", async () => {
      expect(await addRange("+47 12345098", "+47 12345102")).toEqual({
        response: "ok",
        start: "+4712345098",
        end: "+4712345102",
        count: 5,
        added: 5,
        existing: 0,
        inuse: 0,
      });
      expect(await pool()).toEqual([
        "+4712345098",
        "+4712345099",
        "+4712345100",
        "+4712345101",
        "+4712345102",
      ]);
    });

    it("counts what was there: nothing, some, all; longer numbers in between don't count", async () => {
      await site().ok("numbers/add", { number: "+47123450991" });
      await addRange("+4712345000", "+4712345099");
      expect(await addRange("+4712345050", "+4712345149")).toMatchObject({
        count: 100,
        added: 50,
        existing: 50,
      });
      expect(await addRange("+4712345000", "+4712345149")).toMatchObject({
        count: 150,
        added: 0,
        existing: 150,
      });
      expect((await pool()).length).toBe(151);
    });

    it("takes the longest numbers", async () => {
      expect(await addRange("+479999000000000", "+479999000000005")).toMatchObject({
        count: 6,
        added: 6,
      });
    });

    it.each([
      ["12345000", "+4712345678", NOT_E164],
      ["+4712345000", "12345678", NOT_E164],
      ["+4712345000", "+47123456789", "length"],
      ["+4712345000", "+4612345678", "lead-in"],
      ["+4712345678", "+4712345000", "not below"],
      ["+4712345000", "+4712345000", "not below"],
    ])("refuses %s to %s", async (start, end, detail) => {
      expect(await addRange(start, end)).toEqual(failed("rejected", detail));
      expect(await pool()).toEqual([]);
    });

    it("needs both ends", async () => {
      expect(await site().call("numbers/add_range", { start: "+4712345000" })).toEqual(
        invalid("parameters", "end"),
      );
    });

    const itAtLength = large ? it : () => {};
    itAtLength("adds a million in reasonable time, and lists them in order", async () => {
      const begun = performance.now();
      await addRange("+4790500000", "+4790500999");
      expect(await addRange("+4790000000", "+4790999999")).toMatchObject({
        count: 1_000_000,
        added: 999_000,
        existing: 1000,
      });
      await listsInOrder();
      await picksAtRandom();
      await site().sql("DELETE FROM {numbers}");
      expect(performance.now() - begun).toBeLessThan(50_000);
    });

    async function listsInOrder() {
      let expected = 90_000_000;
      let wrong = 0;
      const answer = await site().hermes.call("numbers/list", {}, undefined, {
        async receive({ list }) {
          expect(list).toBeInstanceOf(Rows);
          for await (const batch of list as Rows<string>) {
            expect(batch.length).toBeLessThanOrEqual(100_000);
            for (const number of batch) if (number !== `+47${expected++}`) wrong++;
          }
        },
      });
      expect([answer.response, expected, wrong]).toEqual(["ok", 91_000_000, 0]);
    }

    async function picksAtRandom() {
      const pick = async () => {
        const { list } = await site().ok("numbers/list", { random: true, limit: 20 });
        return list as string[];
      };
      const first = await pick();
      expect(first).toHaveLength(20);
      expect(new Set(first).size).toBe(20);
      for (const number of first) expect(number).toMatch(/^\+4790[0-9]{6}$/);
      expect(await pick()).not.toEqual(first);
    }
  });

  describe("numbers/list", () => {
    const list = (given = {}) => site().call("numbers/list", given);

    it("refuses an empty pool, and a search that finds nothing", async () => {
      expect(await list()).toEqual(failed("empty"));
      expect(await list({ random: true })).toEqual(failed("empty"));
      await site().ok("numbers/add", { number: "+4712345679" });
      expect(await list({ search: "99" })).toEqual(failed("empty", "99"));
      expect(await list({ search: "😀" })).toEqual(failed("empty"));
      expect(await list({ search: "😀", random: true })).toEqual(failed("empty"));
    });

    it("lists in order, at most so many", async () => {
      await site().ok("numbers/add_range", { start: "+4712345000", end: "+4712351999" });
      const { list: all } = (await list()) as unknown as { list: string[] };
      expect(all).toEqual(await pool());
      expect(all).toHaveLength(7000);
      for (const limit of [1, "3", 5000, 5001, 7000, 100_000]) {
        expect(await list({ limit })).toEqual({
          response: "ok",
          list: all.slice(0, Number(limit)),
        });
      }
    });

    it.each([
      ["123", ["+4712345", "+4712346", "+491230"]],
      ["+47*", ["+4712345", "+4712346"]],
      ["*6", ["+4712346"]],
      ["+471234?", ["+4712345", "+4712346"]],
      ["1234", ["+4712345", "+4712346"]],
      ["+4712345", ["+4712345"]],
    ])("finds %s", async (search, expected) => {
      for (const number of ["+4712346", "+4712345", "+491230"]) {
        await site().ok("numbers/add", { number });
      }
      expect(await list({ search })).toEqual({ response: "ok", list: expected });
      const { list: random } = await site().ok("numbers/list", { search, random: true });
      expect([...(random as string[])].sort()).toEqual(expected);
      expect(await list({ search, limit: 1 })).toMatchObject({ list: expected.slice(0, 1) });
    });

    it.each(["1234_", "%", "\\", "|", "*_", "'"])("takes %s as it is", async (search) => {
      await site().ok("numbers/add", { number: "+4712345" });
      expect(await list({ search })).toEqual(failed("empty"));
    });

    it.each([0, -1, "many", "1.5", "1e3", ""])("refuses limit %s", async (limit) => {
      expect(await list({ limit })).toEqual(invalid("parameters", "limit"));
    });

    it("shuffles a small pool", async () => {
      await site().ok("numbers/add_range", { start: "+4712345000", end: "+4712345099" });
      const { list: random } = await site().ok("numbers/list", { random: true });
      expect(random).not.toEqual(await pool());
      expect([...(random as string[])].sort()).toEqual(await pool());
    });

    it("picks from a large pool any number, one that others begin with as well", async () => {
      await site().ok("numbers/add_range", { start: "+4712340000", end: "+4712349999" });
      await site().ok("numbers/add", { number: "+461" });
      await site().ok("numbers/add", { number: "+4612" });
      const seen = new Set<string>();
      for (let round = 0; round < 30 && seen.size < 2; round++) {
        const { list: picked } = await site().ok("numbers/list", { random: true, limit: 50 });
        for (const number of picked as string[]) if (number.startsWith("+46")) seen.add(number);
      }
      expect([...seen].sort()).toEqual(["+461", "+4612"]);
    });
  });
}
