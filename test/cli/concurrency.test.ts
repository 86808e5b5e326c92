import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Envelope } from "../../src/model/envelope";
import { runJson } from "../support/hermes-process";
import { type Site, startSite } from "../support/site";

const ALICE = "alice@example.org";
const NEW = "4224@example.org";

/** Uniqueness under writers that know nothing of each other: real processes, all at once. */
describe.each(["embedded", "v7"] as const)("writers at once, %s", (shape) => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(shape);
  });
  beforeEach(async () => {
    await site.reset();
    await site.ok("user/add_local", { user: ALICE, displayname: "Alice", email: "a@mail.test" });
  });
  afterAll(() => site.stop());

  const addAlias = ["alias", "add", NEW, ALICE];
  const addUser = ["user", "add-local", NEW, "--displayname", "N", "--email", "n@mail.test"];

  it("one of 20 adds the alias", async () => {
    expect(await atOnce(Array(20).fill(addAlias))).toEqual({ ok: 1, "failed/exists": 19 });
    expect(await site.sql("SELECT * FROM {dbaliases}")).toHaveLength(1);
  });

  it("one of 10 adds the account", async () => {
    expect(await atOnce(Array(10).fill(addUser))).toEqual({ ok: 1, "failed/exists": 9 });
    expect(await site.sql("SELECT * FROM {subscriber} WHERE username = '4224'")).toHaveLength(1);
  });

  it("an address becomes an alias or an account, not both", async () => {
    const calls = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? addAlias : addUser));
    expect(await atOnce(calls)).toEqual({ ok: 1, "failed/exists": 9 });
    const aliases = await site.sql("SELECT * FROM {dbaliases}");
    const users = await site.sql("SELECT * FROM {users} WHERE username = '4224'");
    expect(aliases.length + users.length).toBe(1);
  });

  it("one of two E.164 aliases of an account is added", async () => {
    const calls = Array.from({ length: 8 }, (_, index) => [
      ...["alias", "add", `+471234500${index}@example.org`, ALICE],
    ]);
    expect(await atOnce(calls)).toEqual({ ok: 1, "failed/exists": 7 });
  });

  it("an account is removed, or gets the alias or phone: none of them hangs on nothing", async () => {
    const calls = [["user", "remove", ALICE], addAlias, ["phone", "add", ALICE, "f00ba2ba5c00"]];
    await atOnce([...calls, ...calls]);
    const users = await site.sql("SELECT * FROM {users}");
    const aliases = await site.sql("SELECT * FROM {dbaliases}");
    const phones = await site.sql("SELECT * FROM {phones}");
    if (users.length === 0) expect([aliases, phones]).toEqual([[], []]);
    else expect(aliases.length + phones.length).toBeGreaterThan(0);
  });

  it("one of 8 adds the number", async () => {
    const call = ["numbers", "add", "+4712345000"];
    expect(await atOnce(Array(8).fill(call))).toEqual({ ok: 1, "failed/exists": 7 });
  });

  it("overlapping ranges count every number once", async () => {
    const calls = Array.from({ length: 6 }, (_, index) => [
      ...["numbers", "add-range", `+471234${index}000`, `+471235${index}999`],
    ]);
    const envelopes = await answers(calls);
    const added = envelopes.map((envelope) => Number(envelope.added));
    const [row] = await site.sql("SELECT COUNT(*) AS n FROM {numbers}");
    expect(added.reduce((sum, count) => sum + count, 0)).toBe(Number(row?.n));
    for (const { response, count, added, existing } of envelopes) {
      expect([response, count]).toEqual(["ok", Number(added) + Number(existing)]);
    }
  });

  it("passwords of both databases agree after changes at once", async () => {
    const calls = Array.from({ length: 8 }, (_, index) => [
      ...["user", "change-pw", ALICE, "--password", `secret-${index}`],
    ]);
    expect(await atOnce(calls)).toEqual({ ok: 8 });
    const [subscriber] = await site.sql("SELECT password FROM {subscriber}");
    expect(await site.sql("SELECT password FROM {users}")).toEqual([subscriber]);
  });

  it("leaves one row of an attribute that all set at once", async () => {
    const calls = Array.from({ length: 8 }, (_, index) => [
      ...["user", "forward", ALICE, "--to", `+471234500${index}`],
    ]);
    expect(await atOnce(calls)).toEqual({ ok: 8 });
    const rows = await site.sql("SELECT * FROM {usr_preferences} WHERE attribute = 'cfu'");
    expect(rows).toHaveLength(1);
  });

  async function answers(calls: string[][]): Promise<Envelope[]> {
    const runs = await Promise.all(calls.map((call) => runJson(call, { env: site.env })));
    return runs.map(({ envelope }) => envelope);
  }

  /** How many processes got which answer. */
  async function atOnce(calls: string[][]): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { response, cause } of await answers(calls)) {
      const key = response === "ok" ? "ok" : `${response}/${cause}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }
});
