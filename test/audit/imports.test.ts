import { describe, expect, it } from "vitest";
import { imported, json } from "../bulk/command-line";
import { failed } from "../support/answers";
import { DOMAIN, useSite } from "../support/site";

/** More than are looked up or written at once. */
const MANY = 2_500;

const csv = (from: number, to: number) =>
  [
    "user,displayname,email",
    ...Array.from({ length: to - from }, (_, index) => {
      const name = `user${from + index}`;
      return `${name}@${DOMAIN},Name ${name},${name}@mail.test`;
    }),
  ].join("\n");

describe.each(["embedded", "v7"] as const)("%s: the record of an import", (shape) => {
  const site = useSite(shape);
  const list = async (params = {}) =>
    (await site().ok("audit/list", params)).list as Record<string, unknown>[];
  const counts = async () =>
    Promise.all(
      ["subscriber", "users"].map(async (table) => {
        const [row] = await site().sql(`SELECT COUNT(*) AS n FROM {${table}}`);
        return Number(row?.n);
      }),
    );

  it("is one, however long, and is found by any address within it", async () => {
    const added = { read: MANY, added: MANY };
    expect(await json(site(), ["user", "import"], csv(0, MANY))).toEqual(imported(added));
    expect(await list()).toMatchObject([
      { node: "user/import", subject: "-", changes: 2 * MANY, undone_by: null },
    ]);
    for (const at of [0, MANY - 1]) {
      expect(await list({ user: `user${at}@${DOMAIN}` })).toHaveLength(1);
    }
    expect(await list({ user: `user${MANY}@${DOMAIN}` })).toEqual([]);
    const [record] = await list();
    const { params, changes } = await site().ok("audit/show", { id: record?.id });
    expect(params).toEqual({ format: "csv", if_exists: "fail" });
    expect(changes).toHaveLength(2 * MANY);
  });

  it("takes all of it back, and what an update replaced", async () => {
    await json(site(), ["user", "import"], csv(0, 100));
    const before = await site().snapshot();
    const again = csv(0, MANY).replaceAll("Name", "Another");
    await json(site(), ["user", "import", "--if-exists", "update"], again);
    const [record] = await list();
    expect(await counts()).toEqual([MANY, MANY]);
    expect(await json(site(), ["undo", String(record?.id)])).toMatchObject({ response: "ok" });
    expect(await site().snapshot()).toBe(before);
  });

  it("takes nothing back where anything was changed since", async () => {
    await json(site(), ["user", "import"], csv(0, MANY));
    const [record] = await list();
    // In the first part: those behind it are looked at before, and done.
    await site().ok("user/update", { user: `user1@${DOMAIN}`, linetext: "4224" });
    expect(await json(site(), ["undo", String(record?.id)])).toEqual(
      failed("changed", `user1@${DOMAIN} has another linetext by now`),
    );
    expect(await counts()).toEqual([MANY, MANY]);
  });

  it("is left by doctor's mends and set-up as well", async () => {
    await site().sql(
      "INSERT INTO {phones} (mac, username, domain) VALUES ('f00ba2ba5c00', 'x', 'y')",
    );
    await json(site(), ["doctor", "--fix", "--yes"]);
    const [record] = await list();
    expect(record).toMatchObject({ node: "doctor", subject: "servers phones", changes: 2 });
  });
});
