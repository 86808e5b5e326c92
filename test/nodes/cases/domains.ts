import { describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { BARE_DOMAIN, DOMAIN, type Site } from "../../support/site";
import { addAlice } from "./people";

const servers = {
  registrar: "sip.bare.test",
  r_port: 5061,
  proxy: "proxy.bare.test",
  p_port: 5062,
  prov_url: "http://bare.test/hermes/prov",
};

const usual = (domain: string) => ({
  ...{ registrar: domain, r_port: 5060, proxy: domain, p_port: 5060 },
  prov_url: `https://${domain}/hermes/prov`,
});

/** Nobody is there to be told. */
const untold = { reloaded: false, detail: expect.stringContaining("kamcmd domain.reload") };

/** The family domain. */
export function domainCases(site: () => Site): void {
  describe("domain/list", () => {
    it("lists Kamailio's domains in order, or none", async () => {
      expect(await site().call("domain/list")).toEqual({
        response: "ok",
        list: [BARE_DOMAIN, DOMAIN],
      });
      await site().sql("DELETE FROM {domain}");
      expect(await site().call("domain/list")).toEqual({ response: "ok", list: [] });
    });
  });

  describe("domain/add and domain/remove", () => {
    const domain = "new.example.org";

    it("adds a domain with the usual default servers, and removes both", async () => {
      const before = await site().snapshot();
      expect(await site().call("domain/add", { domain: "New.Example.Org" })).toEqual({
        ...{ response: "ok", domain, servers: usual(domain) },
        ...untold,
      });
      expect(await site().call("domain/list")).toMatchObject({
        list: [BARE_DOMAIN, DOMAIN, domain],
      });
      expect(await site().call("domain/get_servers", { domain })).toMatchObject({
        servers: usual(domain),
      });
      await site().ok("user/add_local", {
        ...{ user: `alice@${domain}`, displayname: "Alice", email: "alice@mail.test" },
      });
      await site().ok("user/remove", { user: `alice@${domain}` });
      expect(await site().call("domain/remove", { domain })).toEqual({
        ...{ response: "ok", domain, servers: usual(domain) },
        ...untold,
      });
      expect(await site().snapshot()).toBe(before);
    });

    it("takes the servers that are given, and leaves those that were there", async () => {
      await site().ok("domain/set_servers", { domain, ...servers });
      const given = { proxy: "edge.example.org", p_port: 5099 };
      const answer = await site().call("domain/add", { domain, ...given });
      expect(answer).toMatchObject({ response: "ok", servers: { ...servers, ...given } });
      expect(await site().call("domain/get_servers", { domain })).toMatchObject({
        servers: { ...servers, ...given },
      });
    });

    it("can be tried out", async () => {
      const before = await site().snapshot();
      const options = { dryRun: true };
      const tried = await site().hermes.call("domain/add", { domain }, undefined, options);
      expect(tried).toMatchObject({ response: "ok", dry_run: true, reloaded: false });
      const removed = { domain: BARE_DOMAIN };
      const gone = await site().hermes.call("domain/remove", removed, undefined, options);
      expect(gone).toMatchObject({ response: "ok", servers: null, dry_run: true });
      expect(await site().snapshot()).toBe(before);
    });

    it("goes in a batch, each domain by itself", async () => {
      const names = ["a.test", "b.test", "a.test"];
      const answers = await site().hermes.batch(
        names.map((name) => ({ node: "domain/add", params: { domain: name } })),
        { name: "tester" },
      );
      expect(answers).toEqual([
        expect.objectContaining({ response: "ok", domain: "a.test" }),
        expect.objectContaining({ response: "ok", domain: "b.test" }),
        failed("exists", "a.test"),
      ]);
    });

    it.each([
      ["domain/add", DOMAIN, failed("exists", DOMAIN)],
      ["domain/add", "no domain", invalid("parameters", "domain")],
      ["domain/add", "", invalid("parameters", "domain")],
      ["domain/remove", domain, failed("nonexistant", domain)],
      ["domain/remove", "", invalid("parameters", "domain")],
    ])("%s refuses %j", async (node, name, answer) => {
      const before = await site().snapshot();
      expect(await site().call(node, { domain: name })).toEqual(answer);
      expect(await site().snapshot()).toBe(before);
    });

    it("domain/remove refuses while there is anybody in it, and says who", async () => {
      await addAlice(site());
      await site().ok("alias/add", {
        alias: `4224@${BARE_DOMAIN}`,
        destination: `alice@${DOMAIN}`,
      });
      const remove = (name: string) => site().call("domain/remove", { domain: name });
      expect(await remove(DOMAIN)).toEqual(failed("inuse", `alice@${DOMAIN}`));
      expect(await remove(BARE_DOMAIN)).toEqual(failed("inuse", `4224@${BARE_DOMAIN}`));
      await site().ok("alias/remove", { alias: `4224@${BARE_DOMAIN}` });
      expect(await remove(BARE_DOMAIN)).toMatchObject({ response: "ok" });
      expect(await remove(DOMAIN)).toEqual(failed("inuse", "user list --search"));
    });

    it("domain/reload has nobody to ask", async () => {
      expect(await site().call("domain/reload")).toEqual(failed("norpc", "kamailio"));
    });

    it.each([
      ["INSERT", "servers"],
      ["INSERT", "domain"],
    ] as const)("all or nothing: %s into %s fails", async (statement, table) => {
      const before = await site().snapshot();
      await site().refuse(statement, table);
      expect(await site().call("domain/add", { domain })).toEqual(failed("dbfail", "not today"));
      expect(await site().snapshot()).toBe(before);
    });
  });

  describe("domain/set_servers and domain/get_servers", () => {
    it("says where the domain is not one of Kamailio's, and sets them all the same", async () => {
      const given = { domain: "exmaple.org", ...servers };
      expect(await site().call("domain/set_servers", given)).toEqual({
        ...{ response: "ok", domain: "exmaple.org", servers },
        detail: expect.stringContaining("hermes domain add exmaple.org"),
      });
      expect(await site().call("domain/get_servers", { domain: "exmaple.org" })).toMatchObject({
        servers,
      });
    });

    it("adds and replaces", async () => {
      const given = { domain: BARE_DOMAIN, ...servers };
      const answer = { response: "ok", domain: BARE_DOMAIN, servers };
      const get = () => site().call("domain/get_servers", { domain: "Bare.Example.Org" });
      expect(await get()).toEqual(failed("nonexistant", BARE_DOMAIN));
      expect(await site().call("domain/set_servers", given)).toEqual(answer);
      expect(await get()).toEqual(answer);
      const changed = { ...servers, r_port: 65535, proxy: "192.0.2.1" };
      await site().ok("domain/set_servers", { ...given, ...changed, r_port: "65535" });
      expect(await get()).toEqual({ ...answer, servers: changed });
      expect(await site().sql("SELECT domain FROM {servers} ORDER BY domain")).toEqual([
        { domain: BARE_DOMAIN },
        { domain: DOMAIN },
      ]);
    });

    it("refuses with dbfail where the database does, and leaves what was set", async () => {
      const before = await site().snapshot();
      await site().refuse("UPDATE", "servers");
      expect(await site().call("domain/set_servers", { domain: DOMAIN, ...servers })).toEqual(
        failed("dbfail", "not today"),
      );
      expect(await site().snapshot()).toBe(before);
    });

    const names = ["domain", ...Object.keys(servers)];
    it.each([
      ...names.flatMap((name) => [{ [name]: undefined }, { [name]: "" }]),
      { r_port: "sip" },
      { p_port: 0 },
      { p_port: 65536 },
      { r_port: "-1" },
      { r_port: 5060.5 },
      { domain: "no domain" },
      { prov_url: "javascript:alert(1)" },
    ])("refuses %j with failed/parameters", async (change) => {
      const [name = ""] = Object.keys(change);
      expect(
        await site().call("domain/set_servers", { domain: DOMAIN, ...servers, ...change }),
      ).toEqual(failed("parameters", name));
    });

    it("refuses a malformed domain", async () => {
      expect(await site().call("domain/get_servers", { domain: "no domain" })).toEqual(
        invalid("parameters", "domain"),
      );
      expect(await site().call("domain/get_servers")).toEqual(invalid("parameters", "domain"));
    });
  });
}
