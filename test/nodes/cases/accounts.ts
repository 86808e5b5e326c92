import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { BARE_DOMAIN, DOMAIN, type Site } from "../../support/site";
import { ALICE, addAlice, BOB } from "./people";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/** user/get, user/list, user/add_local, user/add_remote, user/remove and user/available. */
export function accountCases(site: () => Site): void {
  describe("user/add_local", () => {
    it("answers the whole user, with a password of the configured length", async () => {
      const answer = await site().call("user/add_local", {
        user: ALICE,
        displayname: "Alice",
        email: "alice@mail.test",
      });
      expect(answer).toEqual({
        response: "ok",
        user: {
          type: "local",
          username: "alice",
          password: expect.stringMatching(/^[A-Za-z2-9]{24}$/),
          domain: DOMAIN,
          authid: "alice",
          registrar: `sip.${DOMAIN}`,
          r_port: 5060,
          proxy: `proxy.${DOMAIN}`,
          p_port: 5070,
          dialplan: null,
          displayname: "Alice",
          linetext: "alice",
          email: "alice@mail.test",
          ha1: expect.stringMatching(/^[0-9a-f]{32}$/),
          ha1b: expect.stringMatching(/^[0-9a-f]{32}$/),
          rpid: null,
          permittedcalls: 7,
        },
      });
    });

    it("writes one password to both databases, and both digests over it", async () => {
      const { password } = await addAlice(site());
      const [subscriber] = await site().sql("SELECT * FROM {subscriber}");
      const [user] = await site().sql("SELECT * FROM {users}");
      expect(user).toMatchObject({ username: "alice", domain: DOMAIN, password });
      expect(subscriber).toMatchObject({
        username: "alice",
        domain: DOMAIN,
        password,
        ha1: md5(`alice:${DOMAIN}:${password}`),
        ha1b: md5(`alice@${DOMAIN}:${DOMAIN}:${password}`),
      });
    });

    it("keeps mail address and permissions where the subscriber table has columns for them", async () => {
      await addAlice(site());
      const [subscriber] = await site().sql("SELECT * FROM {subscriber}");
      const attributes = await site().sql<{ attribute: string; type: number; value: string }>(
        "SELECT attribute, type, value FROM {usr_preferences} ORDER BY attribute",
      );
      const email = { attribute: "email", type: 0, value: "alice@mail.test" };
      const permission = { attribute: "permittedcalls", type: 1, value: "7" };
      const expected = {
        embedded: [email, permission],
        v7: [email, permission],
        "two servers": [email, permission],
        v6: [permission],
        permittedcalls: [email],
      };
      expect(attributes).toEqual(expected[site().shape]);
      if (site().shape === "v6") expect(subscriber?.email_address).toBe("alice@mail.test");
      if (site().shape === "permittedcalls") expect(subscriber?.permittedcalls).toBe(7);
    });

    it("takes no attributes over from an earlier account of that name", async () => {
      await site().sql(
        "INSERT INTO {usr_preferences} (username, domain, attribute, value) VALUES ('alice', ?, 'cfu', '+47')",
        [DOMAIN],
      );
      await addAlice(site());
      expect(await site().ok("user/forward", { user: ALICE })).toMatchObject({ forward: null });
    });

    it("keeps the domain in lower case", async () => {
      const { user } = await site().ok("user/add_local", {
        user: "Alice@EXAMPLE.org",
        displayname: "Alice",
        email: "a@mail.test",
      });
      expect(user).toMatchObject({ username: "Alice", domain: DOMAIN });
      expect(await site().sql("SELECT domain FROM {subscriber}")).toEqual([{ domain: DOMAIN }]);
    });

    it.each(["o'brien", "a&b=c", "-dash", "(x)*!~$,;?/", "z".repeat(64)])(
      "takes the user part %s",
      async (username) => {
        const user = `${username}@${DOMAIN}`;
        await site().ok("user/add_local", { user, displayname: "X", email: "x@mail.test" });
        expect(await site().ok("user/get", { user })).toMatchObject({ user: { username } });
        await site().ok("user/remove", { user });
      },
    );

    it("refuses the address of an account", async () => {
      await addAlice(site());
      expect(await add({ user: ALICE })).toEqual(failed("exists", ALICE));
    });

    it("refuses the address of an account that only Kamailio has", async () => {
      await site().sql("INSERT INTO {subscriber} (username, domain) VALUES ('alice', ?)", [DOMAIN]);
      expect(await add({ user: ALICE })).toEqual(failed("exists"));
    });

    it("refuses the address of an alias", async () => {
      await addAlice(site());
      await site().ok("alias/add", { alias: BOB, destination: ALICE });
      expect(await add({ user: BOB })).toEqual(failed("exists", ALICE));
    });

    it("refuses a domain that is not Kamailio's", async () => {
      expect(await add({ user: "alice@elsewhere.test" })).toEqual(
        failed("domain", "elsewhere.test"),
      );
    });

    it("refuses a domain without default servers, and names the command", async () => {
      expect(await add({ user: `alice@${BARE_DOMAIN}` })).toEqual(
        failed("servfail", /hermes domain set-servers bare\.example\.org/),
      );
    });

    it("looks at the domain first, then at the address, then at the servers", async () => {
      const user = `alice@${BARE_DOMAIN}`;
      await site().sql("INSERT INTO {subscriber} (username, domain) VALUES ('alice', ?)", [
        BARE_DOMAIN,
      ]);
      expect(await add({ user })).toEqual(failed("exists"));
      await site().sql("DELETE FROM {domain} WHERE domain = ?", [BARE_DOMAIN]);
      expect(await add({ user })).toEqual(failed("domain"));
    });

    it.each(["alice", "@example.org", "a b@example.org", "alice@exa mple.org", "alice@-x.org"])(
      "refuses the malformed address %s",
      async (user) => {
        expect(await add({ user })).toEqual(failed("invalid"));
      },
    );

    it.each([
      [{ user: undefined }, "user"],
      [{ user: "" }, "user"],
      [{ displayname: undefined }, "displayname"],
      [{ displayname: "" }, "displayname"],
      [{ email: undefined }, "email"],
      [{ email: "no mail address" }, "email"],
    ])("needs every parameter: %j", async (change, name) => {
      expect(await add(change)).toEqual(invalid("parameters", name));
    });

    const add = (change: Record<string, unknown>) =>
      site().call("user/add_local", {
        user: ALICE,
        displayname: "Alice",
        email: "alice@mail.test",
        ...change,
      });
  });

  describe("user/add_remote", () => {
    const remote = {
      user: "bob@provider.test",
      password: "an outside secret",
      displayname: "Bob",
      registrar: "sip.provider.test",
    };
    const add = (change: Record<string, unknown> = {}) =>
      site().call("user/add_remote", { ...remote, ...change });

    it("answers the whole user, what was left out filled in", async () => {
      expect(await add()).toEqual({
        response: "ok",
        user: {
          type: "remote",
          username: "bob",
          password: "an outside secret",
          domain: "provider.test",
          authid: "bob",
          registrar: "sip.provider.test",
          r_port: 5060,
          proxy: "sip.provider.test",
          p_port: 5060,
          dialplan: null,
          displayname: "Bob",
          linetext: null,
        },
      });
    });

    it("keeps everything that is given, and nothing in Kamailio", async () => {
      const given = {
        r_port: "5061",
        proxy: "proxy.provider.test",
        p_port: 5062,
        authid: "realbob",
        dialplan: "(.*)",
        linetext: "Bob's line",
      };
      const { user } = await add(given);
      expect(user).toMatchObject({ ...given, r_port: 5061 });
      expect(await site().sql("SELECT * FROM {subscriber}")).toEqual([]);
      expect(await site().ok("user/get", { user: remote.user })).toMatchObject({ user });
    });

    it("refuses a local domain, even for an address that is taken", async () => {
      await addAlice(site());
      expect(await add({ user: ALICE })).toEqual(failed("domain", "hermes user add-local"));
    });

    it("refuses an address that is taken", async () => {
      await add();
      expect(await add()).toEqual(failed("exists"));
    });

    it.each([
      [{ user: "bob" }, failed("invalid")],
      [{ password: undefined }, invalid("parameters", "password")],
      [{ displayname: undefined }, invalid("parameters", "displayname")],
      [{ registrar: undefined }, invalid("parameters", "registrar")],
      [{ registrar: "two words" }, invalid("parameters", "registrar")],
      [{ r_port: "0" }, invalid("parameters", "r_port")],
      [{ r_port: 65536 }, invalid("parameters", "r_port")],
      [{ p_port: "50e2" }, invalid("parameters", "p_port")],
    ])("refuses %j", async (change, answer) => {
      expect(await add(change)).toEqual(answer);
    });
  });

  describe("user/get", () => {
    it("answers what add_local answered", async () => {
      const user = await addAlice(site());
      expect(await site().call("user/get", { user: ALICE })).toEqual({ response: "ok", user });
    });

    it("takes an address in all its forms", async () => {
      const user = await addAlice(site());
      for (const given of [
        { user: `sip:${ALICE}` },
        { user: `SIPS:alice@Example.ORG` },
        { user: ` ${ALICE} ` },
        { username: "alice", domain: DOMAIN },
      ]) {
        expect(await site().call("user/get", given)).toEqual({ response: "ok", user });
      }
    });

    it("compares the user part as the database does", async () => {
      await addAlice(site());
      const answer = await site().call("user/get", { user: `ALICE@${DOMAIN}` });
      if (site().kind === "sqlite") expect(answer).toEqual(failed("nonexistant"));
      else expect(answer).toMatchObject({ response: "ok", user: { username: "alice" } });
    });

    it("answers an account that only Kamailio has", async () => {
      await site().sql("INSERT INTO {subscriber} (username, domain, password) VALUES (?, ?, ?)", [
        "alice",
        DOMAIN,
        "kamctl-made",
      ]);
      expect(await site().call("user/get", { user: ALICE })).toMatchObject({
        response: "ok",
        user: { type: "local", password: "kamctl-made", registrar: null, permittedcalls: null },
      });
    });

    it("refuses an address without an account", async () => {
      expect(await site().call("user/get", { user: BOB })).toEqual(failed("nonexistant", BOB));
    });

    it("refuses an alias", async () => {
      await addAlice(site());
      await site().ok("alias/add", { alias: BOB, destination: ALICE });
      expect(await site().call("user/get", { user: BOB })).toEqual(failed("nonexistant"));
    });

    it("refuses what is no address", async () => {
      expect(await site().call("user/get", { user: "alice" })).toEqual(failed("invalid", "alice"));
      expect(await site().call("user/get")).toEqual(invalid("parameters", "user"));
      expect(await site().call("user/get", { username: "alice" })).toEqual(invalid("parameters"));
    });

    it("refuses two addresses at once", async () => {
      await addAlice(site());
      const given = { user: ALICE, username: "bob", domain: DOMAIN };
      expect(await site().call("user/get", given)).toEqual(invalid("parameters"));
    });
  });

  describe("user/list", () => {
    it("lists local and remote accounts and those that only Kamailio has, in order", async () => {
      await addAlice(site());
      await site().ok("user/add_remote", {
        user: "zoe@a.test",
        password: "x",
        displayname: "Zoé ☎",
        registrar: "a.test",
      });
      await site().sql("INSERT INTO {subscriber} (username, domain) VALUES ('alf', ?)", [DOMAIN]);
      expect(await site().call("user/list")).toEqual({
        response: "ok",
        list: [
          { user: `alf@${DOMAIN}`, displayname: null },
          { user: ALICE, displayname: "Alice" },
          { user: "zoe@a.test", displayname: "Zoé ☎" },
        ],
      });
    });

    it("answers an empty list where there is none", async () => {
      expect(await site().call("user/list")).toEqual({ response: "ok", list: [] });
      expect(await site().call("user/list", { search: "😀" })).toEqual({
        response: "ok",
        list: [],
      });
    });

    it.each([
      ["lic", ["alice@example.org", "malice@example.org"]],
      ["ALICE", ["alice@example.org", "malice@example.org"]],
      ["alice*", ["alice@example.org"]],
      [
        "*@example.org",
        ["a_b@example.org", "alice@example.org", "axb@example.org", "malice@example.org"],
      ],
      ["alice", ["alice@example.org", "malice@example.org"]],
      ["a?b@*", ["a_b@example.org", "axb@example.org"]],
      ["a_b", ["a_b@example.org"]],
      ["%", []],
      ["\\", []],
      ["|", []],
      ["*%*", []],
      ["'", []],
    ])("finds %s", async (search, expected) => {
      for (const username of ["alice", "malice", "a_b", "axb"]) {
        await site().sql("INSERT INTO {subscriber} (username, domain) VALUES (?, ?)", [
          username,
          DOMAIN,
        ]);
      }
      const { list } = await site().ok("user/list", { search });
      expect((list as { user: string }[]).map(({ user }) => user)).toEqual(expected);
    });
  });

  describe("user/remove", () => {
    it("removes the account from both databases, with its attributes", async () => {
      const before = await site().snapshot();
      await addAlice(site());
      await site().ok("user/forward", { user: ALICE, to: "+4712345000" });
      expect(await site().call("user/remove", { user: ALICE })).toEqual({
        response: "ok",
        user: ALICE,
        removed: { aliases: [], phones: [], numbers: [] },
        detail: expect.stringMatching(/may still hold .* of alice@example\.org .* rpc = /),
      });
      expect(await site().snapshot()).toBe(before);
    });

    it("removes a remote account", async () => {
      await site().ok("user/add_remote", {
        user: "bob@provider.test",
        password: "x",
        displayname: "Bob",
        registrar: "provider.test",
      });
      await site().ok("user/remove", { user: "bob@provider.test" });
      expect(await site().sql("SELECT * FROM {users}")).toEqual([]);
    });

    it("leaves other accounts' attributes alone", async () => {
      await addAlice(site());
      await site().ok("user/add_local", { user: BOB, displayname: "Bob", email: "b@mail.test" });
      await site().ok("user/remove", { user: BOB });
      expect(await site().ok("permission/get", { user: ALICE })).toMatchObject({ permission: 7 });
    });

    it("refuses while phones or aliases exist, and names them", async () => {
      await addAlice(site());
      await site().ok("phone/add", { user: ALICE, mac: "f00ba2ba5c00" });
      await site().ok("alias/add", { alias: `4224@${DOMAIN}`, destination: ALICE });
      const before = await site().snapshot();
      expect(await site().call("user/remove", { user: ALICE })).toEqual(
        failed("inuse", /phone f00ba2ba5c00, alias 4224@example\.org/),
      );
      expect(await site().snapshot()).toBe(before);
      await site().ok("phone/remove", { user: ALICE, mac: "f00ba2ba5c00" });
      expect(await site().call("user/remove", { user: ALICE })).toEqual(failed("inuse"));
      await site().ok("alias/remove", { alias: `4224@${DOMAIN}` });
      await site().ok("user/remove", { user: ALICE });
    });

    it("refuses what is not there, and what is no address", async () => {
      expect(await site().call("user/remove", { user: BOB })).toEqual(failed("nonexistant"));
      expect(await site().call("user/remove", { user: "bob@" })).toEqual(failed("invalid"));
    });
  });

  describe("user/available", () => {
    it("answers ok for an address that is free", async () => {
      expect(await site().call("user/available", { user: BOB })).toEqual({
        response: "ok",
        cause: "nonexistant",
      });
    });

    it("refuses what an account or an alias has", async () => {
      await addAlice(site());
      await site().ok("alias/add", { alias: BOB, destination: ALICE });
      expect(await site().call("user/available", { user: ALICE })).toEqual(failed("exists"));
      expect(await site().call("user/available", { user: BOB })).toEqual(failed("exists"));
    });

    it("refuses a domain that is not Kamailio's, and what is no address", async () => {
      const user = "bob@provider.test";
      expect(await site().call("user/available", { user })).toEqual(failed("domain"));
      expect(await site().call("user/available", { user: "bob" })).toEqual(failed("invalid"));
    });
  });
}
