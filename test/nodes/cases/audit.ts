import { describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { DOMAIN, type Row, type Site } from "../../support/site";
import { ALICE, addAlice, addBob, addCarol, BOB, CAROL } from "./people";

const NUMBER = "+4712345000";
const MAC = "f00ba2ba5c00";
const NO_RECORD = "00000000000000000000";

interface Listed extends Row {
  id: string;
  node: string;
  subject: string;
  changes: number;
  undone_by: string | null;
}

/** audit/list, audit/show, audit/undo and audit/prune. */
export function auditCases(site: () => Site): void {
  const list = async (params = {}) =>
    (await site().ok("audit/list", params)).list as unknown as Listed[];
  const last = async () => (await list({ limit: 1 }))[0] as Listed;
  const undo = async () => site().call("audit/undo", { id: (await last()).id });

  /** What stands in every table, but for what the database itself numbers and dates. */
  const contents = async () => {
    const tables = JSON.parse(await site().snapshot()) as [string, Row[]][];
    return tables.map(([table, rows]) => [
      table,
      rows.map(({ id, last_modified, ...row }) => JSON.stringify(row)).sort(),
    ]);
  };

  /** Alice with everything that an account can have. */
  async function addAliceWhole(): Promise<void> {
    await addAlice(site());
    await site().ok("numbers/add", { number: NUMBER });
    await site().ok("numbers/assign", { number: NUMBER, user: ALICE });
    await site().ok("alias/add", { alias: `desk@${DOMAIN}`, destination: ALICE });
    await site().ok("phone/add", { user: ALICE, mac: MAC });
    await site().ok("user/forward", { user: ALICE, to: "+4712345999" });
    await site().ok("permission/set", { user: ALICE, permission: 63 });
    await site().ok("auth/add_user", { username: "olga", generate: true });
    await site().ok("extension/set_managing_user", { extension: ALICE, username: "olga" });
    await site().ok("extension/grant", { extension: ALICE, username: "olga", pickup: true });
  }

  describe("audit/list", () => {
    it("has what was changed, the newest first, by whom and what about", async () => {
      await addAlice(site());
      await site().ok("phone/add", { user: ALICE, mac: MAC });
      const now = Math.floor(Date.now() / 1000);
      expect(await list()).toEqual([
        {
          id: expect.stringMatching(/^[0-9a-hjkmnp-tv-z]{20}$/),
          time: expect.any(Number),
          ...{ caller: "library", node: "phone/add", subject: `${ALICE} ${MAC}` },
          ...{ changes: 1, undone_by: null },
        },
        expect.objectContaining({ node: "user/add_local", subject: ALICE, changes: 2 }),
      ]);
      expect(Math.abs(Number((await last()).time) - now)).toBeLessThan(60);
    });

    it("has nothing of what was refused, tried out, changed nothing or only looked", async () => {
      await addAlice(site());
      const before = await list();
      await site().call("user/add_local", { user: ALICE, displayname: "A", email: "a@b.test" });
      await site().hermes.call("user/remove", { user: ALICE }, undefined, { dryRun: true });
      await site().ok("user/update", { user: ALICE, displayname: "Alice" });
      await site().ok("user/forward", { user: ALICE });
      await site().ok("user/get", { user: ALICE });
      await site().call("numbers/remove", { number: NUMBER });
      expect(await list()).toEqual(before);
    });

    it("finds by address, node, caller, time and subject", async () => {
      await addAlice(site());
      await addBob(site());
      await site().ok("alias/add", { alias: `desk@${DOMAIN}`, destination: ALICE });
      const nodes = async (params: object) => (await list(params)).map(({ node }) => node);
      expect(await nodes({ user: ALICE })).toEqual(["alias/add", "user/add_local"]);
      expect(await nodes({ user: `desk@${DOMAIN}` })).toEqual(["alias/add"]);
      const spelled = await nodes({ user: `aLiCe@${DOMAIN}` });
      expect(spelled).toHaveLength(site().kind === "sqlite" ? 0 : 2);
      expect(await nodes({ node: "alias/add" })).toEqual(["alias/add"]);
      expect(await nodes({ node: "user/add-local" })).toHaveLength(2);
      expect(await nodes({ caller: "library" })).toHaveLength(3);
      expect(await nodes({ caller: "nobody" })).toEqual([]);
      expect(await nodes({ search: "b?b@*" })).toEqual(["user/add_local"]);
      expect(await nodes({ since: "1h" })).toHaveLength(3);
      expect(await nodes({ since: "2100-01-01" })).toEqual([]);
      expect(await nodes({ until: "1h" })).toEqual([]);
      expect(await nodes({ limit: 2 })).toHaveLength(2);
    });

    it.each([
      [{ user: "alice" }, failed("invalid")],
      [{ since: "yesterday" }, invalid("parameters", "since")],
      [{ node: "u'; DROP TABLE" }, invalid("parameters", "node")],
    ])("refuses %j", async (given, answer) => {
      expect(await site().call("audit/list", given)).toEqual(answer);
    });
  });

  describe("audit/show", () => {
    it("tells what was called, and what stood there before and after", async () => {
      await addAlice(site());
      await site().ok("user/change_pw", { user: ALICE, password: "n3w secret" });
      const { id } = await last();
      expect(await site().call("audit/show", { id })).toMatchObject({
        ...{ response: "ok", id, caller: "library", operator: null, node: "user/change_pw" },
        ...{ subject: ALICE, params: { user: ALICE }, undone_by: null, undoes: null },
        changes: [
          { what: "subscriber", key: ALICE, after: { password: "n3w secret" } },
          { what: "user", key: ALICE, after: { password: "n3w secret" } },
        ],
      });
      const parts = await site().sql("SELECT params FROM {records} WHERE id = ?", [id]);
      expect(JSON.stringify(parts)).not.toContain("n3w secret");
    });

    it("shows no hash of an operator's password or a key", async () => {
      await site().ok("auth/add_user", { username: "olga", generate: true });
      const { changes } = await site().ok("audit/show", { id: (await last()).id });
      const [{ after }] = changes as [{ after: Row }];
      expect(after).toMatchObject({ username: "olga" });
      expect(after).not.toHaveProperty("passwordHash");
      await site().ok("auth/new_apikey", { host_ip: "192.0.2.1", access: "full_read" });
      const shown = JSON.stringify(await site().ok("audit/show", { id: (await last()).id }));
      expect(shown).toContain("192.0.2.1");
      expect(shown).not.toContain("digest");
    });

    it.each([
      [{ id: NO_RECORD }, failed("nonexistant", "audit list")],
      [{ id: "x" }, invalid("parameters", "id")],
    ])("refuses %j", async (given, answer) => {
      expect(await site().call("audit/show", given)).toEqual(answer);
    });
  });

  describe("audit/undo", () => {
    const deeds: [node: string, params: Row][] = [
      ["user/add_local", { user: BOB, displayname: "Bob", email: "bob@mail.test" }],
      ["user/add_remote", { user: CAROL, password: "x", displayname: "X", registrar: "r.test" }],
      ["user/remove", { user: ALICE, cascade: true }],
      ["user/change_pw", { user: ALICE, password: "n3w secret" }],
      ["user/change_email", { user: ALICE, email: "new@mail.test" }],
      ["user/update", { user: ALICE, displayname: "A", linetext: "☎ 4224" }],
      ["user/forward", { user: ALICE, off: true }],
      ["permission/set", { user: ALICE, permission: 255 }],
      ["phone/add", { user: ALICE, mac: "f00ba2ba5c01" }],
      ["phone/remove", { user: ALICE, mac: MAC }],
      ["alias/add", { alias: `door@${DOMAIN}`, destination: ALICE }],
      ["alias/remove", { alias: `desk@${DOMAIN}` }],
      ["numbers/add", { number: "+4712345001" }],
      ["numbers/add_range", { start: "+4712345000", end: "+4712345099" }],
      ["numbers/remove_range", { start: "+4712346000", end: "+4712346099" }],
      ["numbers/release", { number: NUMBER }],
      [
        "domain/set_servers",
        {
          ...{ domain: DOMAIN, registrar: "r.test", r_port: 5061, proxy: "p.test", p_port: 5062 },
          prov_url: "https://p.test/",
        },
      ],
      ["auth/add_user", { username: "otto", generate: true }],
      ["auth/update_user", { username: "olga", displayname: "Olga" }],
      ["auth/remove_user", { username: "olga" }],
      ["extension/clear_managing_user", { extension: ALICE }],
      ["extension/revoke", { extension: ALICE, username: "olga", all: true }],
      ["extension/grant", { extension: ALICE, username: "olga", all: true }],
    ];

    it.each(deeds)("takes back %s %j, and that can be taken back too", async (node, params) => {
      await addAliceWhole();
      await site().ok("numbers/add_range", { start: "+4712346010", end: "+4712346019" });
      const before = await contents();
      await site().ok(node, params);
      const after = await contents();
      expect(after).not.toEqual(before);
      const done = await last();
      const answer = await undo();
      expect(answer).toEqual({
        ...{ response: "ok", id: done.id, changes: done.changes },
        undone_by: (await last()).id,
      });
      expect(await contents()).toEqual(before);
      expect((await list({ limit: 2 }))[1]).toMatchObject({
        id: done.id,
        undone_by: answer.undone_by,
      });

      expect(await undo()).toMatchObject({ response: "ok", id: answer.undone_by });
      expect(await contents()).toEqual(after);
      // What was taken back twice stands as it stood: it can be taken back again.
      expect((await list({ limit: 3 }))[2]).toMatchObject({ id: done.id, undone_by: null });
      expect(await site().call("audit/undo", { id: done.id })).toMatchObject({ response: "ok" });
      expect(await contents()).toEqual(before);
    });

    const inTheWay: [what: string, deed: [string, Row], since: [string, Row][], RegExp][] = [
      [
        "a password that was changed again",
        ["user/change_pw", { user: ALICE, password: "one" }],
        [["user/change_pw", { user: ALICE, password: "two" }]],
        /alice@example.org has another password/,
      ],
      [
        "an account that is gone",
        ["user/change_email", { user: ALICE, email: "new@mail.test" }],
        [["user/remove", { user: ALICE, cascade: true }]],
        /subscriber alice@example.org is gone/,
      ],
      [
        "an account of that address",
        ["user/remove", { user: ALICE, cascade: true }],
        [["user/add_local", { user: ALICE, displayname: "A", email: "a@b.test" }]],
        /alice@example.org is there again/,
      ],
      [
        "an alias of that address",
        ["user/remove", { user: ALICE, cascade: true }],
        [["alias/add", { alias: ALICE, destination: BOB }]],
        /alice@example.org is an alias by now/,
      ],
      [
        "a number that somebody has got",
        ["user/remove", { user: ALICE, cascade: true }],
        [["numbers/assign", { number: NUMBER, user: BOB }]],
        /\+4712345000 is not in the pool any more; alias \+4712345000@example.org is there again/,
      ],
      [
        "a phone on an account that was new",
        ["user/add_local", { user: `new@${DOMAIN}`, displayname: "N", email: "n@b.test" }],
        [["phone/add", { user: `new@${DOMAIN}`, mac: MAC }]],
        /new@example.org has phone f00ba2ba5c00/,
      ],
      [
        "a destination that is gone",
        ["alias/remove", { alias: `desk@${DOMAIN}` }],
        [["user/remove", { user: ALICE, cascade: true }]],
        /no local account alice@example.org/,
      ],
      [
        "a second number of an account",
        ["numbers/release", { number: NUMBER }],
        [
          ["numbers/add", { number: "+4712345001" }],
          ["numbers/assign", { number: "+4712345001", user: ALICE }],
        ],
        /has the E.164 alias \+4712345001@example.org by now/,
      ],
      [
        "a number of a range that somebody has got",
        ["numbers/add_range", { start: "+4712345001", end: "+4712345099" }],
        [["numbers/assign", { number: "+4712345005", user: BOB }]],
        /1 of the numbers \+4712345001 to \+4712345099 is not in the pool any more/,
      ],
      [
        "an operator who is gone",
        ["extension/clear_managing_user", { extension: ALICE }],
        [["auth/remove_user", { username: "olga" }]],
        /there is no operator/,
      ],
      [
        "another operator of that name",
        ["auth/remove_user", { username: "olga" }],
        [["auth/add_user", { username: "olga", generate: true }]],
        /another operator olga by now/,
      ],
    ];

    it.each(inTheWay)("is refused by %s", async (_what, [node, params], since, detail) => {
      await addAliceWhole();
      await addBob(site());
      await site().ok(node, params);
      const { id } = await last();
      for (const [later, given] of since) await site().ok(later, given);
      const before = await site().snapshot();
      expect(await site().call("audit/undo", { id })).toEqual(failed("changed", detail));
      expect(await site().snapshot()).toBe(before);
      expect((await last()).node).not.toBe("audit/undo");
    });

    it("says by what a record was undone already", async () => {
      await addAlice(site());
      const { id } = await last();
      const { undone_by } = await undo();
      const again = await site().call("audit/undo", { id });
      expect(again).toEqual(failed("changed", `hermes undo ${undone_by}`));
    });

    it("leaves numbers out of the pool that are in use by now", async () => {
      await addAlice(site());
      await site().ok("numbers/add_range", { start: "+4712345000", end: "+4712345099" });
      await site().ok("numbers/remove_range", { start: "+4712345000", end: "+4712345099" });
      const { id } = await last();
      await site().ok("alias/add", { alias: `+4712345007@${DOMAIN}`, destination: ALICE });
      expect(await site().call("audit/undo", { id })).toMatchObject({ response: "ok", inuse: 1 });
      expect(await site().sql("SELECT COUNT(*) AS n FROM {numbers}")).toEqual([{ n: 99 }]);
    });

    it("can be tried out, and be part of a batch, each request of which is a record", async () => {
      await addAlice(site());
      const adds = [1, 2, 3].map((n) => ({
        node: "user/add_local",
        params: { user: `b${n}@${DOMAIN}`, displayname: "B", email: "b@mail.test" },
      }));
      await site().hermes.batch(adds, { name: "tester" });
      const made = await list({ caller: "tester" });
      expect(made.map(({ subject }) => subject).sort()).toEqual(
        [1, 2, 3].map((n) => `b${n}@${DOMAIN}`),
      );
      const [first, second] = made as [Listed, Listed];
      const before = await site().snapshot();
      const tried = await site().hermes.call("audit/undo", { id: first.id }, undefined, {
        dryRun: true,
      });
      expect(tried).toMatchObject({ response: "ok", dry_run: true });
      expect(await site().snapshot()).toBe(before);
      const undone = await site().hermes.batch(
        [first.id, NO_RECORD, second.id].map((id) => ({ node: "audit/undo", params: { id } })),
        { name: "tester" },
      );
      expect(undone.map(({ response }) => response)).toEqual(["ok", "failed", "ok"]);
      expect(await site().sql("SELECT COUNT(*) AS n FROM {users}")).toEqual([{ n: 2 }]);
    });

    it("is refused for what is no record", async () => {
      expect(await site().call("audit/undo", { id: NO_RECORD })).toEqual(failed("nonexistant"));
      expect(await site().call("audit/undo", {})).toEqual(invalid("parameters", "id"));
    });
  });

  describe("audit/prune", () => {
    it("forgets what is older, and leaves a record of that", async () => {
      await addAlice(site());
      await addCarol(site());
      expect(await site().call("audit/prune", { before: "1h" })).toEqual({
        response: "ok",
        pruned: 0,
      });
      expect(await list()).toHaveLength(2);
      expect(await site().call("audit/prune", { before: "2100-01-01" })).toMatchObject({
        pruned: 2,
      });
      expect(await list()).toMatchObject([{ node: "audit/prune", changes: 0 }]);
      expect(await list({ user: ALICE })).toEqual([]);
      expect(await site().sql("SELECT * FROM {record_changes}")).toEqual([]);
      expect(await undo()).toEqual(failed("changed", "not recorded"));
    });

    it("is refused without a time", async () => {
      expect(await site().call("audit/prune", {})).toEqual(invalid("parameters", "before"));
    });
  });
}
