import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { main } from "../../src/cli/main";
import type { Envelope } from "../../src/model/envelope";
import { setUpSite } from "../../src/site/set-up";
import type { Wizard } from "../../src/site/wizard";
import { fakeIo } from "../cli/output/fake-io";
import { failed, invalid } from "../support/answers";
import { attachMariadb, type KamailioDatabases, type MariadbServer } from "../support/mariadb";
import { temporaryHome } from "../support/temporary-home";

let server: MariadbServer;
let home: Awaited<ReturnType<typeof temporaryHome>>;
let site: KamailioDatabases;
/** Names of this test's own; the server is everybody's. */
let own: string;
let kamctlUser: string;

beforeAll(() => {
  server = attachMariadb(inject("mariadb"));
});
afterAll(() => server.stop());

beforeEach(async () => {
  home = await temporaryHome();
  site = await server.createKamailio("v7");
  own = site.provisioning;
  kamctlUser = site.kamailio;
  // As kamdbctl makes it: everything on its own database, nothing else.
  await server.query(`CREATE USER '${kamctlUser}'@'%' IDENTIFIED BY 'kamailiorw'`);
  await server.query(`GRANT ALL ON ${site.kamailio}.* TO '${kamctlUser}'@'%'`);
  await server.query(`INSERT INTO ${site.kamailio}.domain (domain) VALUES ('example.org')`);
});
afterEach(async () => {
  await server.query(`DROP USER IF EXISTS '${kamctlUser}'@'%', '${own}'@'%'`);
  await server.drop([site.kamailio, own]);
  await home.remove();
});

const configFile = () => join(home.folder, "etc", "config.toml");
const kamctlrc = (more = "") => {
  writeFileSync(
    join(home.folder, ".kamctlrc"),
    `DBENGINE=MYSQL\nDBHOST=127.0.0.1\nDBPORT=${server.port} # not the default\nDBNAME="${site.kamailio}"\nDBRWUSER=${kamctlUser}\n${more}`,
  );
};
const asRoot = () => `DBROOTPW="${server.facts.rootPassword}"\n`;
/** Left without a password: user and database are to be made, under names of this test's own. */
const access = () => ["--provisioning-url", `mysql://${own}@127.0.0.1:${server.port}/${own}`];

interface Run extends Envelope {
  readonly status: number;
  readonly stderr: string;
}

async function hermes(...args: string[]): Promise<Run> {
  const io = fakeIo({ env: { ...home.env, HERMES_CONFIG: configFile() } });
  const status = await main([...args, "--json", "--no-input"], io);
  return { ...(JSON.parse(io.out()) as Envelope), status, stderr: io.err() };
}

const invalidWith = (detail: RegExp) => ({
  response: "invalid",
  reason: "confirmation",
  detail: expect.stringMatching(detail),
});

const grants = async (): Promise<string[]> => {
  const rows = await server.query(`SHOW GRANTS FOR '${own}'@'%'`);
  return rows.map((row) => String(Object.values(row)[0]));
};

describe("hermes init beside a Kamailio on MariaDB", () => {
  test("takes what kamctlrc says, and everything works from there", async () => {
    kamctlrc(asRoot());
    await server.query(
      `INSERT INTO ${site.kamailio}.subscriber (username, domain, password, ha1, ha1b) VALUES ('old', 'example.org', 'pw', '', '')`,
    );
    const answer = await hermes("init", "--yes", ...access());
    expect(answer).toMatchObject({
      response: "ok",
      status: 0,
      config: configFile(),
      domains: ["example.org"],
      servers_set: ["example.org"],
      versions: { subscriber: 7, location: 9, dbaliases: 1, domain: 2, usr_preferences: 2 },
      next: "hermes user adopt --all",
    });
    expect(answer.stderr).toContain("subscriber 7");
    expect(answer.stderr).not.toContain("kamailiorw");
    expect(statSync(configFile()).mode & 0o777).toBe(0o600);
    const written = readFileSync(configFile(), "utf8");
    expect(written).toContain(own);
    expect(written).not.toContain("kamailiorw");
    expect(written).not.toContain(server.facts.rootPassword);

    expect(await hermes("user", "list")).toMatchObject({
      response: "ok",
      list: [{ user: "old@example.org" }],
    });
    expect(await hermes("user", "adopt", "--all")).toMatchObject({ adopted: ["old@example.org"] });
    const add = ["user", "add-local", "alice@example.org"];
    expect(await hermes(...add, "--displayname", "A", "--email", "a@mail.test")).toMatchObject({
      response: "ok",
    });
    const range = ["numbers", "add-range", "+4712345000", "+4712345099"];
    expect(await hermes(...range)).toMatchObject({ added: 100 });
    expect(await hermes("alias", "add", "4224@example.org", "alice@example.org")).toMatchObject({
      response: "ok",
    });
    expect(await hermes("db", "migrate")).toMatchObject({ response: "ok", migrated: [] });
    expect(await hermes("domain", "get-servers", "example.org")).toMatchObject({
      servers: { registrar: "example.org", p_port: 5060 },
    });
  });

  test("gives itself no right that it does not need", async () => {
    kamctlrc(asRoot());
    expect(await hermes("init", "--yes", ...access())).toMatchObject({ response: "ok" });
    const all = (await grants()).join("\n");
    expect(all).not.toMatch(/ALL PRIVILEGES|GRANT OPTION/);
    const on = (table: string) => `ON \`${site.kamailio}\`.\`${table}\` `;
    expect(all).toContain(`GRANT SELECT, DELETE ${on("location")}`);
    for (const table of ["grp", "domain"]) {
      expect(all).toContain(`GRANT SELECT, INSERT, DELETE ${on(table)}`);
    }
    expect(all).toContain(`GRANT SELECT ${on("version")}`);
    for (const table of ["subscriber", "dbaliases", "usr_preferences"]) {
      expect(all).toContain(
        `GRANT SELECT, INSERT, UPDATE, DELETE ON \`${site.kamailio}\`.\`${table}\``,
      );
    }
  });

  test("done again, changes nothing", async () => {
    kamctlrc(asRoot());
    await hermes("init", "--yes", ...access());
    const set = ["--registrar", "r.example.org", "--r-port", "1", "--proxy", "p.example.org"];
    await hermes(
      ...["domain", "set-servers", "example.org", ...set],
      ...["--p-port", "2", "--prov-url", "https://p.example.org/"],
    );
    const before = readFileSync(configFile(), "utf8");
    for (const args of [["--yes"], ["--yes", "--kamctlrc", join(home.folder, ".kamctlrc")]]) {
      expect(await hermes("init", ...args)).toMatchObject({
        response: "ok",
        created: [],
        migrated: [],
        servers_set: [],
        domains: ["example.org"],
        next: expect.stringMatching(/^hermes /),
      });
    }
    expect(readFileSync(configFile(), "utf8")).toBe(before);
    expect(await hermes("domain", "get-servers", "example.org")).toMatchObject({
      servers: { registrar: "r.example.org", r_port: 1 },
    });
  });

  test("without a yes does nothing", async () => {
    kamctlrc(asRoot());
    expect(await hermes("init", ...access())).toMatchObject({
      ...invalid("confirmation", /--yes/),
      status: 2,
    });
    expect(existsSync(configFile())).toBe(false);
  });

  test("where it may not create users, prints the SQL, which does it", async () => {
    kamctlrc();
    const refused = await hermes("init", "--yes", ...access());
    expect(refused).toMatchObject({ ...failed("rights", /--admin-url/), status: 1 });
    expect(existsSync(configFile())).toBe(false);
    const sql = refused.sql as string[];
    for (const statement of sql) expect(refused.stderr).toContain(statement);
    const url = /--provisioning-url '([^']+)'/.exec(refused.stderr)?.[1] as string;

    for (const statement of sql) await server.query(statement);
    expect(await hermes("init", "--yes", "--provisioning-url", url)).toMatchObject({
      response: "ok",
      created: [],
    });
    expect(readFileSync(configFile(), "utf8")).not.toContain("kamailiorw");
    expect(await hermes("user", "list")).toMatchObject({ response: "ok", list: [] });
  });

  test("goes on with the site's credentials where they suffice", async () => {
    kamctlrc();
    await server.query(`GRANT ALL ON ${own}.* TO '${kamctlUser}'@'%'`);
    const answer = await hermes("init", "--yes", ...access());
    expect(answer).toMatchObject({ response: "ok", created: [], domains: ["example.org"] });
    expect(answer.stderr).toContain("CREATE USER");
    expect(await hermes("user", "list")).toMatchObject({ response: "ok" });
  });

  test("leaves no user behind where an administrator's rights end half-way", async () => {
    kamctlrc();
    await server.query(`GRANT CREATE USER ON *.* TO '${kamctlUser}'@'%'`);
    expect(await hermes("init", "--yes", ...access())).toMatchObject(failed("rights"));
    expect(await server.query(`SELECT 1 FROM mysql.user WHERE User = '${own}'`)).toEqual([]);
  });

  test("takes an administrator by --admin-url", async () => {
    kamctlrc();
    const admin = server.rootUrl;
    expect(await hermes("init", "--yes", "--admin-url", admin, ...access())).toMatchObject({
      response: "ok",
      created: [`user '${own}'@'%'`, `database ${own}`],
    });
  });

  test("says so where the user is there and nobody knows its password", async () => {
    kamctlrc(asRoot());
    await server.query(`CREATE USER '${own}'@'%' IDENTIFIED BY 'unknown'`);
    expect(await hermes("init", "--yes", ...access())).toMatchObject(failed("exists", own));
  });

  test("adds the domains it is given to Kamailio's table", async () => {
    kamctlrc(asRoot());
    const answer = await hermes("init", "--yes", "--domain", "second.example", ...access());
    expect(answer).toMatchObject({
      domains: ["example.org", "second.example"],
      servers_set: ["example.org", "second.example"],
    });
    expect(answer.stderr).toContain("domain.reload");
    // Hermes' own user may by now.
    expect(await hermes("init", "--yes", "--domain", "third.example")).toMatchObject({
      domains: ["example.org", "second.example", "third.example"],
    });
    expect(await hermes("domain", "remove", "third.example")).toMatchObject({ response: "ok" });
  });

  test("takes SIP_DOMAIN where Kamailio has no domain at all", async () => {
    kamctlrc(`${asRoot()}SIP_DOMAIN=Site.Example\n`);
    await server.query(`DELETE FROM ${site.kamailio}.domain`);
    expect(await hermes("init", "--yes", ...access())).toMatchObject({ domains: ["site.example"] });
  });

  test("never replaces a configuration without a yes", async () => {
    kamctlrc(asRoot());
    await hermes("init", "--yes", ...access());
    const other = await server.createKamailio("v6", { createProvisioning: true });
    try {
      const urls = ["--kamailio-url", other.kamailioUrl];
      const all = [...urls, "--provisioning-url", other.provisioningUrl];
      expect(await hermes("init", ...all)).toMatchObject(invalid("confirmation", /--write/));
      writeFileSync(
        configFile(),
        `${readFileSync(configFile(), "utf8")}\n[defaults]\npermission = 31\n`,
      );
      expect(await hermes("init", "--yes", ...all)).toMatchObject({
        response: "ok",
        versions: { subscriber: 6 },
      });
      const written = readFileSync(configFile(), "utf8");
      expect(written).toContain(other.kamailio);
      expect(written).toContain("permission = 31");
    } finally {
      await server.drop([other.kamailio, other.provisioning]);
    }
  });

  test("refuses a database that is not Kamailio's, or does not answer", async () => {
    const elsewhere = ["--kamailio-url", server.url("mysql"), "--yes"];
    expect(await hermes("init", ...elsewhere)).toMatchObject({ response: "error", status: 3 });
    const nowhere = ["--kamailio-url", "mysql://u:p@127.0.0.1:1/kamailio", "--yes"];
    expect(await hermes("init", ...nowhere)).toMatchObject({
      response: "error",
      cause: "dbfail",
      detail: expect.stringMatching(/connection refused/),
    });
    expect(existsSync(configFile())).toBe(false);
  });

  /** A person who takes every proposal, and what they are shown. */
  const person = (script: Partial<Wizard> = {}) => {
    const shown: string[] = [];
    const wizard: Wizard = {
      interactive: true,
      yes: false,
      say: (text) => void shown.push(text),
      choose: async (question, choices) => {
        shown.push(question, ...choices.map(({ name }) => name));
        return choices[0]?.value as never;
      },
      confirm: async (question) => {
        shown.push(question);
        return true;
      },
      text: async (question, proposal) => {
        shown.push(question);
        return proposal ?? "";
      },
      secret: async () => "",
      ...script,
    };
    return { shown, wizard };
  };
  const request = () => ({
    env: home.env,
    file: configFile(),
    kamctlrc: undefined,
    kamailioUrl: undefined,
    provisioningUrl: access()[1],
    adminUrl: undefined,
    domains: [],
    rpc: "unix:/run/kamailio/kamailio_rpc.sock",
  });
  const noTrace = async () => {
    expect(existsSync(configFile())).toBe(false);
    expect(await server.query(`SELECT 1 FROM mysql.user WHERE User = '${own}'`)).toEqual([]);
    expect(await server.query(`SHOW DATABASES LIKE '${own}'`)).toEqual([]);
  };

  test("asks a person, and takes what they say", async () => {
    kamctlrc();
    const wrong: unknown[] = [];
    const { shown, wizard } = person({
      secret: async (question, check) => {
        shown.push(question);
        const { rootPassword } = server.facts;
        for (const typed of ["", "mistyped", rootPassword]) wrong.push(await check?.(typed));
        return rootPassword;
      },
    });
    expect(await setUpSite(request(), wizard)).toMatchObject({ domains: ["example.org"] });
    expect(wrong).toEqual([undefined, expect.stringContaining("Access denied"), undefined]);
    expect(shown.join("\n")).toContain(".kamctlrc");
    expect(shown).toContain("Password of root (empty: go on without)");
    expect(readFileSync(configFile(), "utf8")).toContain('rpc = "unix:/run/kamailio/');
    expect(await hermes("user", "list")).toMatchObject({ response: "ok" });
  });

  test("after a no does nothing but print what an administrator can do", async () => {
    kamctlrc();
    // Kamailio's own login would do: what was refused is not done by another way.
    await server.query(`GRANT ALL ON \`${own}\`.* TO '${kamctlUser}'@'%'`);
    const { shown, wizard } = person({ confirm: async () => false });
    await expect(setUpSite(request(), wizard)).rejects.toMatchObject(
      invalidWith(/hermes init --provisioning-url/),
    );
    expect(shown.join("\n")).toContain("CREATE USER");
    await noTrace();
  });

  test("checks what a person types", async () => {
    kamctlrc();
    await server.query(`DELETE FROM ${site.kamailio}.domain`);
    const problems: Record<string, string | undefined> = {};
    const { wizard } = person({
      choose: async (_, choices) => choices.at(-1)?.value as never,
      text: async (question, proposal, check) => {
        for (const typed of ["", "y", "not one", "site.example"]) {
          problems[`${question.slice(0, 26)} ${typed}`] = await check?.(typed);
        }
        if (/empty/.test(question)) return "site.example";
        return /db_url/.test(question) ? site.kamailioUrl : (proposal ?? "");
      },
    });
    expect(await setUpSite(request(), wizard)).toMatchObject({
      domains: ["site.example"],
      next: expect.stringContaining("user add-local alice@site.example"),
    });
    expect(problems).toMatchObject({
      "Kamailio's database, as in y": expect.stringContaining("mysql://"),
      "Kamailio's table domain is ": undefined,
      "Kamailio's table domain is y": expect.stringMatching(/"y" is no domain/),
      "Kamailio's table domain is not one": expect.stringMatching(/"not one" is no domain/),
      "Kamailio's table domain is site.example": undefined,
    });
  });

  test("makes no user where its password could not be written down", async () => {
    kamctlrc(asRoot());
    writeFileSync(join(home.folder, "etc"), "a file, not a folder");
    expect(await hermes("init", "--yes", ...access())).toMatchObject({
      response: "error",
      cause: "config",
      detail: expect.stringContaining(configFile()),
    });
    await noTrace();
  });
});

describe("hermes init elsewhere", () => {
  test("beside a Kamailio on SQLite", async () => {
    const file = join(home.folder, "kamailio.sqlite");
    const { default: Database } = await import("libsql");
    const { readdirSync } = await import("node:fs");
    const folder = "/usr/share/kamailio/db_sqlite";
    const database = new Database(file);
    for (const name of ["standard", "auth_db", "usrloc", "alias_db", "domain", "avpops"]) {
      expect(readdirSync(folder)).toContain(`${name}-create.sql`);
      database.exec(readFileSync(join(folder, `${name}-create.sql`), "utf8"));
    }
    database.exec("INSERT INTO domain (domain) VALUES ('example.org')");
    database.close();
    writeFileSync(join(home.folder, ".kamctlrc"), `DBENGINE=SQLITE\nDB_PATH="${file}"\n`);
    expect(await hermes("init", "--yes")).toMatchObject({
      response: "ok",
      domains: ["example.org"],
      kamailio: `sqlite://${file}`,
    });
    expect(await hermes("user", "list")).toMatchObject({ response: "ok", list: [] });
  });

  test("finds nothing: says which flags to give", async () => {
    expect(await hermes("init")).toMatchObject({
      ...invalid("parameters", /--kamailio-url .*--kamctlrc .*--embedded/),
      status: 2,
    });
  });

  test("beside --embedded the other flags have no place", async () => {
    expect(await hermes("init", "--embedded", "--admin-url", "mysql://x@y/z")).toMatchObject(
      invalid("parameters", /--admin-url/),
    );
  });
});

describe("hermes config", () => {
  test("shows what applies, secrets masked, and where it stands", async () => {
    kamctlrc(asRoot());
    await hermes("init", "--yes", ...access());
    const shown = await hermes("config", "show");
    expect(shown).toMatchObject({
      config: configFile(),
      kamailio: { url: `mysql://${own}:***@127.0.0.1:${server.port}/${site.kamailio}`, rpc: null },
      auth: { mode: "trusted" },
    });
    const open = await hermes("config", "show", "--show-secrets");
    expect(JSON.stringify(open)).not.toContain("***");
    expect(await hermes("config", "path")).toMatchObject({ config: configFile() });
    const io = fakeIo({ env: { ...home.env, HERMES_CONFIG: configFile() } });
    expect(await main(["config", "path"], io)).toBe(0);
    expect(io.out()).toBe(`${configFile()}\n`);
  });
});
