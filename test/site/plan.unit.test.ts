import { describe, expect, test } from "vitest";
import type { Config } from "../../src/config/config";
import { type MysqlLocation, parseDatabaseUrl } from "../../src/config/database-url";
import { accessStatements } from "../../src/site/access";
import { type Plan, plan } from "../../src/site/plan";
import type { SiteFacts } from "../../src/site/probe";
import { type Attendance, sourceOf } from "../../src/site/source";
import type { Surroundings } from "../../src/site/surroundings";

const mysql = (url: string) => parseDatabaseUrl(url) as MysqlLocation;
const KAMAILIO = mysql("mysql://kamailio:rw@db1:3306/kamailio");
const ROOT = mysql("mysql://root:toor@db1:3306/mysql");

const PERSON: Attendance = { interactive: true, yes: false };
const NOBODY: Attendance = { interactive: false, yes: false };
const YES: Attendance = { interactive: false, yes: true };

const around: Surroundings = {
  file: "/etc/hermes/config.toml",
  exists: false,
  config: undefined,
  unwritable: undefined,
  logins: { provisioning: undefined, administrator: undefined },
  named: undefined,
  found: [],
  rpc: undefined,
};

/** A Kamailio on db1 with one domain, and nobody known who may create users. */
function facts(more: Partial<SiteFacts> = {}, surroundings: Partial<Surroundings> = {}): SiteFacts {
  return {
    around: { ...around, ...surroundings },
    source: { source: "kamctlrc", kamailio: KAMAILIO },
    kamailio: { location: KAMAILIO, versions: {}, domains: ["example.org"] },
    clientHost: "%",
    namedLoginReads: false,
    administrators: [],
    ...more,
  };
}

const planned = (
  found: SiteFacts,
  who: Attendance = YES,
  request: Partial<Parameters<typeof plan>[0]> = {},
): Plan => plan({ domains: [], rpc: undefined, ...request }, found, who, "made-up");

const named = (url: string): Partial<Surroundings> => ({
  logins: { provisioning: parseDatabaseUrl(url), administrator: undefined },
});

const configured = (kamailio: string, provisioning: string): Partial<Surroundings> => ({
  exists: true,
  config: {
    kamailio: parseDatabaseUrl(kamailio),
    provisioning: parseDatabaseUrl(provisioning),
  } as Config,
});

describe("the plan of a set-up", () => {
  test("is a user of Hermes' own, with database hermes beside Kamailio's", () => {
    expect(planned(facts({ administrators: [ROOT] }))).toEqual({
      kamailio: { location: KAMAILIO, versions: {}, domains: ["example.org"] },
      file: "/etc/hermes/config.toml",
      config: {
        access: {
          how: "user",
          kamailio: KAMAILIO,
          wanted: {
            user: "hermes",
            host: "%",
            password: "made-up",
            kamailio: "kamailio",
            provisioning: "hermes",
            without: ["grp"],
          },
          administrators: [ROOT],
        },
        rpc: undefined,
      },
      domains: [],
      questions: [],
    });
  });

  test("asks for no right on a table that the site does without", () => {
    const statements = (versions: Record<string, number>) => {
      const { config } = planned(
        facts({ kamailio: { location: KAMAILIO, versions, domains: [] }, administrators: [ROOT] }),
      );
      const wanted = config?.access.how === "user" ? config.access.wanted : undefined;
      return wanted === undefined ? "" : accessStatements(wanted).join("\n");
    };
    expect(statements({})).toContain("DELETE ON `kamailio`.location");
    expect(statements({})).not.toContain("grp");
    expect(statements({ grp: 2 })).toContain("GRANT SELECT, INSERT, DELETE ON `kamailio`.grp");
  });

  test("takes the names of a login whose password is left out", () => {
    const { config } = planned(facts({}, named("mysql://own@db1:3306/phones")));
    expect(config?.access).toMatchObject({ wanted: { user: "own", provisioning: "phones" } });
  });

  test.each([
    ["reads Kamailio's tables: for both", true, "own"],
    ["does not read Kamailio's tables: for provisioning", false, "kamailio"],
  ])("takes a login that %s", (_, namedLoginReads, user) => {
    const found = facts({ namedLoginReads }, named("mysql://own:pw@db1:3306/hermes"));
    expect(planned(found).config?.access).toMatchObject({
      how: "login",
      kamailio: { user, database: "kamailio" },
      provisioning: { user: "own", database: "hermes" },
    });
  });

  test("leaves a configuration alone that names these databases", () => {
    const here = configured("mysql://hermes:x@db1/kamailio", "mysql://hermes:x@db1/hermes");
    expect(planned(facts({}, here), NOBODY)).toMatchObject({ config: undefined, questions: [] });
    const other = facts({}, { ...here, ...named("mysql://own:pw@db1/another") });
    expect(planned(other).config?.access).toMatchObject({ provisioning: { database: "another" } });
  });

  test("asks before it replaces another one, and refuses where nobody can be asked", () => {
    const found = facts(
      { administrators: [ROOT] },
      configured("mysql://hermes:x@db2/kamailio", "mysql://hermes:x@db2/hermes"),
    );
    expect(planned(found, PERSON).questions).toEqual(["replace", "user"]);
    expect(planned(found, YES).questions).toEqual([]);
    expect(() => planned(found, NOBODY)).toThrow(/--write FILE/);
  });

  test("asks for an administrator where none is known", () => {
    expect(planned(facts(), PERSON).questions).toEqual(["user", "administrator"]);
    expect(planned(facts({ administrators: [ROOT] }), PERSON).questions).toEqual(["user"]);
    expect(planned(facts(), YES).questions).toEqual([]);
  });

  test("adds the domains that Kamailio lacks", () => {
    const request = { domains: ["example.org", "second.example"] };
    expect(planned(facts(), PERSON, request)).toMatchObject({ domains: ["second.example"] });
  });

  test("proposes the site's own domain where Kamailio has none", () => {
    const source = { source: "kamctlrc", kamailio: KAMAILIO, domain: "Site.Example" };
    const kamailio = { location: KAMAILIO, versions: {}, domains: [] };
    const empty = facts({ source, kamailio, administrators: [ROOT] });
    expect(planned(empty, YES)).toMatchObject({ domains: ["site.example"], questions: [] });
    expect(planned(empty, PERSON)).toMatchObject({
      domains: ["site.example"],
      questions: ["user", "domain"],
    });
    expect(planned(facts({ kamailio }), YES)).toMatchObject({ domains: [] });
  });

  test("takes the RPC that is given, else the tool's, else the one of this host", () => {
    const source = { source: "kamcli.ini", kamailio: KAMAILIO, rpc: "fifo:/run/k.fifo" };
    const here = { rpc: "unix:/run/here.sock" };
    const rpc = (...args: Parameters<typeof planned>) => planned(...args).config?.rpc;
    expect(rpc(facts({ source }, here), YES, { rpc: "http://k/" })).toBe("http://k/");
    expect(rpc(facts({ source }, here))).toBe("fifo:/run/k.fifo");
    expect(rpc(facts({}, here))).toBe("unix:/run/here.sock");
  });

  test("on SQLite is Kamailio's own file, and no other", () => {
    const location = parseDatabaseUrl("sqlite:///k.db");
    const kamailio = { location, versions: {}, domains: [] };
    expect(planned(facts({ kamailio })).config?.access).toEqual({
      how: "login",
      kamailio: location,
      provisioning: undefined,
    });
    const other = facts({ kamailio }, named("sqlite:///other.db"));
    expect(() => planned(other)).toThrow(/leave --provisioning-url out/);
    expect(() => planned(facts({}, named("sqlite:///other.db")))).toThrow(/own server/);
  });

  test("ends where the configuration can't be written, before a password is made for it", () => {
    expect(() => planned(facts({}, { unwritable: "Can't write it." }))).toThrow("Can't write it.");
  });
});

describe("whose database it is", () => {
  const here = { source: "kamctlrc", kamailio: KAMAILIO };
  const there = { source: "kamcli.ini", kamailio: mysql("mysql://k:rw@db2:3306/kamailio") };
  const found = [here, { ...here, source: "kamcli.ini" }, there];

  test("whoever is named is not asked about", () => {
    expect(sourceOf({ named: there, found: [] }, undefined, PERSON)).toMatchObject({ take: there });
  });

  test("a person chooses from what is found", () => {
    expect(sourceOf({ named: undefined, found }, undefined, PERSON)).toEqual({ ask: found });
  });

  test("with a yes it is the first, and others are told of", () => {
    const first = { take: here, passedOver: [there] };
    expect(sourceOf({ named: undefined, found }, undefined, YES)).toEqual(first);
    expect(sourceOf({ named: undefined, found }, "/a/kamctlrc", NOBODY)).toEqual(first);
  });

  test("nobody there to choose: says which flags do", () => {
    expect(() => sourceOf({ named: undefined, found }, undefined, NOBODY)).toThrow(/--yes/);
    expect(() => sourceOf({ named: undefined, found: [] }, undefined, YES)).toThrow(/--embedded/);
  });
});
