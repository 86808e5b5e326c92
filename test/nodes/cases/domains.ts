import { describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { BARE_DOMAIN, DOMAIN, type Site } from "../../support/site";

const servers = {
  registrar: "sip.bare.test",
  r_port: 5061,
  proxy: "proxy.bare.test",
  p_port: 5062,
  prov_url: "http://bare.test/hermes/prov",
};

/** domain/list, domain/get_servers and domain/set_servers. */
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

  describe("domain/set_servers and domain/get_servers", () => {
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
