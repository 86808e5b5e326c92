import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runJson } from "../support/hermes-process";
import { type Site, startSite } from "../support/site";

/** What a person reads where the way to the tables ends, on a real server. */
describe("where there is no way to the tables", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite("v7");
  });
  afterAll(() => site.stop());

  /** The refusal of a read with both URLs changed. */
  const refused = async (change: (kamailio: URL, provisioning: URL) => void) => {
    const kamailio = new URL(site.env.HERMES_KAMAILIO_URL ?? "");
    const provisioning = new URL(site.env.HERMES_PROVISIONING_URL ?? "");
    change(kamailio, provisioning);
    const env = {
      ...site.env,
      HERMES_KAMAILIO_URL: String(kamailio),
      HERMES_PROVISIONING_URL: String(provisioning),
    };
    const { status, envelope } = await runJson(["user", "list"], { env });
    expect([status, envelope.cause]).toEqual([3, "dbfail"]);
    const detail = String(envelope.detail);
    expect(detail).not.toMatch(/\bE[A-Z]{4,}\b|errno/);
    expect(detail).not.toContain(kamailio.password);
    return detail;
  };

  it("a refused login says so, and names the setting", async () => {
    const detail = await refused((...urls) => {
      for (const url of urls) url.password = "wr0ng";
    });
    expect(detail).toMatch(
      /does not let Hermes in: Access denied.*hermes config show.*hermes init/,
    );
  });

  it("a server that is not there, and a host that nobody knows, are two things", async () => {
    const port = await refused((...urls) => {
      for (const url of urls) url.port = "1";
    });
    expect(port).toMatch(/^Can't reach .*: connection refused\. .*hermes config show$/);
    const host = await refused((...urls) => {
      for (const url of urls) url.hostname = "nowhere.invalid";
    });
    expect(host).toMatch(/^Can't reach .*nowhere\.invalid.*: unknown node or service\./);
  });

  it("a slip in Kamailio's database is told, with the name that was meant", async () => {
    let meant = "";
    const detail = await refused((kamailio) => {
      meant = kamailio.pathname.slice(1);
      kamailio.pathname += "x";
    });
    expect(detail).toContain(`Did you mean ${meant}?`);
    expect(detail).toMatch(/^There is no database .*hermes init$/);
  });

  it("a database without Kamailio's tables is not taken for Kamailio's", async () => {
    const detail = await refused((kamailio, { pathname }) => {
      kamailio.pathname = pathname;
    });
    expect(detail).toMatch(
      /has no table version that Hermes may read\. Is it Kamailio's database\?/,
    );
  });

  it("a missing provisioning database, and missing tables, are made by db migrate", async () => {
    const database = await refused((_kamailio, provisioning) => {
      provisioning.pathname = "/nothing_like_it";
    });
    expect(database).toMatch(/^There is no database .*To make it, run: hermes db migrate$/);
    const tables = await refused(({ pathname }, provisioning) => {
      provisioning.pathname = pathname;
    });
    expect(tables).toMatch(/has no table users\. Run: hermes db migrate$/);
  });
});
