import { describe, expect, test } from "vitest";
import { failed, invalid } from "../support/answers";
import { BARE_DOMAIN, DOMAIN, shapes, useSite } from "../support/site";

describe.each(shapes)("user/adopt on %s", (shape) => {
  const site = useSite(shape);

  const subscriber = (name: string, password: string | null = "pw", domain = DOMAIN) =>
    site().sql(
      "INSERT INTO {subscriber} (username, domain, password, ha1, ha1b) VALUES (?, ?, ?, 'h', 'h')",
      [name, domain, password ?? ""],
    );

  test("gives one account its row, from the domain's default servers", async () => {
    await subscriber("kam");
    expect(await site().call("user/adopt", { user: `kam@${DOMAIN}` })).toEqual({
      response: "ok",
      adopted: [`kam@${DOMAIN}`],
      without_password: [],
    });
    const [row] = await site().sql("SELECT * FROM {users}");
    expect(row).toMatchObject({
      ...{ username: "kam", domain: DOMAIN, password: "pw", authid: "kam", displayname: "kam" },
      ...{ registrar: `sip.${DOMAIN}`, r_port: 5060, proxy: `proxy.${DOMAIN}`, p_port: 5070 },
    });
  });

  test("lists those of which Kamailio has digests only", async () => {
    await subscriber("hashed", "");
    await subscriber("blank", "  ");
    await subscriber("plain");
    expect(await site().call("user/adopt", { all: true })).toEqual({
      response: "ok",
      adopted: [`blank@${DOMAIN}`, `hashed@${DOMAIN}`, `plain@${DOMAIN}`],
      without_password: [`blank@${DOMAIN}`, `hashed@${DOMAIN}`],
    });
    const rows = await site().sql("SELECT password FROM {users} ORDER BY username");
    expect(rows.map(({ password }) => password)).toEqual(["", "", "pw"]);
    expect(await site().ok("user/get", { user: `hashed@${DOMAIN}` })).toMatchObject({
      user: { password: null, ha1: "h" },
    });
  });

  test("leaves alone what is adopted already", async () => {
    await subscriber("kam");
    await site().ok("user/adopt", { all: true });
    await site().ok("user/update", { user: `kam@${DOMAIN}`, displayname: "Kam" });
    await subscriber("new");
    expect(await site().call("user/adopt", { all: true })).toMatchObject({
      adopted: [`new@${DOMAIN}`],
    });
    expect(await site().call("user/adopt", { user: `kam@${DOMAIN}` })).toMatchObject({
      response: "ok",
      adopted: [],
    });
    expect(await site().ok("user/get", { user: `kam@${DOMAIN}` })).toMatchObject({
      user: { displayname: "Kam" },
    });
  });

  test("takes one domain's, or passes over the domains without servers and names them", async () => {
    await subscriber("a");
    await subscriber("b", "pw", BARE_DOMAIN);
    const before = await site().snapshot();
    for (const params of [{ domain: BARE_DOMAIN }, { user: `b@${BARE_DOMAIN}` }]) {
      expect(await site().call("user/adopt", params)).toMatchObject(
        failed("servfail", /domain set-servers/),
      );
    }
    expect(await site().snapshot()).toBe(before);
    expect(await site().call("user/adopt", { all: true })).toMatchObject({
      adopted: [`a@${DOMAIN}`],
      without_servers: [BARE_DOMAIN],
    });
    await site().sql("DELETE FROM {users}");
    expect(await site().call("user/adopt", { domain: DOMAIN })).toEqual({
      response: "ok",
      adopted: [`a@${DOMAIN}`],
      without_password: [],
    });
  });

  test("takes thousands", async () => {
    const values = Array.from({ length: 2500 }, (_, n) => `('u${n}', '${DOMAIN}', 'pw', 'h', 'h')`);
    await site().sql(
      `INSERT INTO {subscriber} (username, domain, password, ha1, ha1b) VALUES ${values.join(",")}`,
    );
    const { adopted } = await site().ok("user/adopt", { all: true });
    expect(adopted).toHaveLength(2500);
    const [row] = await site().sql("SELECT COUNT(*) AS n FROM {users}");
    expect(Number(row?.n)).toBe(2500);
  });

  test("keeps nothing where any of it fails", async () => {
    await subscriber("kam");
    await site().refuse("INSERT", "users");
    expect(await site().call("user/adopt", { all: true })).toMatchObject(failed("dbfail"));
    expect(await site().sql("SELECT * FROM {users}")).toEqual([]);
  });

  test("refuses what it can't adopt, and asks for one way to say which", async () => {
    expect(await site().call("user/adopt", { user: `nobody@${DOMAIN}` })).toMatchObject(
      failed("nonexistant"),
    );
    for (const params of [{}, { all: true, domain: DOMAIN }, { username: "kam" }]) {
      expect(await site().call("user/adopt", params)).toMatchObject(invalid("parameters"));
    }
    await subscriber("kam");
    expect(await site().call("user/adopt", { username: "kam", domain: DOMAIN })).toMatchObject({
      adopted: [`kam@${DOMAIN}`],
    });
  });
});
