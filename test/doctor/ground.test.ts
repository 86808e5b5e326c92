import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { main } from "../../src/cli/main";
import type { Finding } from "../../src/doctor/finding";
import type { Envelope } from "../../src/model/envelope";
import { fakeIo } from "../cli/output/fake-io";
import { attachMariadb, type KamailioDatabases, type MariadbServer } from "../support/mariadb";
import { temporaryHome } from "../support/temporary-home";

type Env = Record<string, string>;

async function hermes(env: Env, ...args: string[]): Promise<Envelope & { status: number }> {
  const io = fakeIo({ env });
  const status = await main([...args, "--json", "--no-input"], io);
  return { ...(JSON.parse(io.out()) as Envelope), status };
}

const findings = async (env: Env) => {
  const answer = await hermes(env, "doctor");
  expect(answer).toMatchObject({ response: "failed", cause: "findings", status: 1 });
  return answer.findings as Finding[];
};

let server: MariadbServer;
let home: Awaited<ReturnType<typeof temporaryHome>>;
beforeAll(async () => {
  server = attachMariadb(inject("mariadb"));
  home = await temporaryHome();
});
afterAll(async () => {
  await server.stop();
  await home.remove();
});

describe("hermes doctor where there is no ground to stand on", () => {
  test("no server", async () => {
    const env = { ...home.env, HERMES_KAMAILIO_URL: "mysql://u:p@127.0.0.1:1/kamailio" };
    expect(await findings(env)).toMatchObject([{ check: "connection", severity: "error" }]);
  });

  test("no file yet, and none is made", async () => {
    expect(await findings(home.env)).toMatchObject([{ check: "connection" }]);
    expect(await findings(home.env)).toMatchObject([{ check: "connection" }]);
  });

  test("another database, and missing migrations", async () => {
    const site = await server.createKamailio("v7", { createProvisioning: true });
    const env = {
      ...home.env,
      HERMES_KAMAILIO_URL: site.kamailioUrl,
      HERMES_PROVISIONING_URL: site.provisioningUrl,
    };
    try {
      expect(await findings(env)).toMatchObject([
        { check: "migrations", fix: "hermes db migrate" },
        ...(await findings(env)).slice(1),
      ]);
      const wrong = { ...env, HERMES_KAMAILIO_URL: server.url("mysql") };
      expect(await findings(wrong)).toContainEqual(
        expect.objectContaining({ check: "tables", subject: "subscriber" }),
      );
      await hermes(env, "db", "migrate");
      expect(await hermes(env, "doctor")).toMatchObject({ response: "ok", findings: [] });
      await server.query(
        `ALTER TABLE ${site.provisioning}.users MODIFY username VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL`,
      );
      const [collation] = await findings(env);
      expect(collation).toMatchObject({ check: "collation", subject: "users" });
      await server.query(String(collation?.fix));
      expect(await hermes(env, "doctor")).toMatchObject({ response: "ok", findings: [] });
    } finally {
      await server.drop([site.kamailio, site.provisioning]);
    }
  });
});

describe("where Kamailio's tables are read-only to Hermes", () => {
  let site: KamailioDatabases;
  let user: string;
  let env: Env;

  beforeAll(async () => {
    site = await server.createKamailio("v7", { createProvisioning: true });
    user = site.kamailio;
    await server.query(`CREATE USER '${user}'@'%' IDENTIFIED BY 'pw'`);
    await server.query(`GRANT SELECT ON ${site.kamailio}.* TO '${user}'@'%'`);
    await server.query(`GRANT ALL ON ${site.provisioning}.* TO '${user}'@'%'`);
    const url = (database: string) => `mysql://${user}:pw@127.0.0.1:${server.port}/${database}`;
    env = {
      ...home.env,
      HERMES_KAMAILIO_URL: url(site.kamailio),
      HERMES_PROVISIONING_URL: url(site.provisioning),
    };
    const full = {
      ...home.env,
      HERMES_KAMAILIO_URL: site.kamailioUrl,
      HERMES_PROVISIONING_URL: site.provisioningUrl,
    };
    await server.query(`INSERT INTO ${site.kamailio}.domain (domain) VALUES ('example.org')`);
    await hermes(full, "db", "migrate");
    await hermes(full, "doctor", "--fix", "--yes");
    const add = ["user", "add-local", "alice@example.org", "--displayname", "Alice"];
    await hermes(full, ...add, "--email", "a@mail.test");
    await hermes(full, "alias", "add", "4224@example.org", "alice@example.org");
  });
  afterAll(async () => {
    await server.query(`DROP USER '${user}'@'%'`);
    await server.drop([site.kamailio, site.provisioning]);
  });

  const snapshot = async () => {
    const tables = ["kamailio.subscriber", "kamailio.dbaliases", "kamailio.usr_preferences"];
    const own = ["provisioning.users", "provisioning.phones", "provisioning.numbers"];
    const contents = await Promise.all(
      [...tables, ...own].map((table) => {
        const [side, name] = table.split(".") as ["kamailio" | "provisioning", string];
        return server.query(`SELECT * FROM ${site[side]}.${name}`);
      }),
    );
    return JSON.stringify(contents);
  };

  test.each([
    [
      "subscriber|usr_preferences",
      "user add-local bob@example.org --displayname B --email b@mail.test",
    ],
    ["subscriber", "user change-pw alice@example.org --generate"],
    ["subscriber", "user disable alice@example.org"],
    ["subscriber|usr_preferences|dbaliases", "user remove alice@example.org --cascade"],
    ["usr_preferences", "user change-email alice@example.org --email new@mail.test"],
    ["usr_preferences", "user update alice@example.org --displayname New --email new@mail.test"],
    ["usr_preferences", "user forward alice@example.org --to +4712345000"],
    ["usr_preferences", "permission set alice@example.org --permission 255"],
    ["dbaliases", "alias add 4225@example.org alice@example.org"],
    ["dbaliases", "alias remove 4224@example.org"],
    ["domain", "domain add new.example.org"],
  ])("says which right on %s is missing, and does nothing: %s", async (table, command) => {
    const before = await snapshot();
    const answer = await hermes(env, ...command.split(" "));
    expect(answer).toMatchObject({
      response: "failed",
      cause: "dbfail",
      detail: expect.stringMatching(new RegExp(`GRANT (INSERT|UPDATE|DELETE).* ON .*(${table})`)),
      status: 1,
    });
    expect(await snapshot()).toBe(before);
  });

  test("what needs no right of Kamailio's goes on", async () => {
    expect(await hermes(env, "user", "list")).toMatchObject({ response: "ok" });
    expect(await hermes(env, "numbers", "add", "+4712345000")).toMatchObject({ response: "ok" });
    const phone = ["phone", "add", "alice@example.org", "f0:0b:a2:ba:5c:00"];
    expect(await hermes(env, ...phone)).toMatchObject({ response: "ok" });
  });

  test("doctor names the missing rights, and the statements that give them", async () => {
    const rights = (await findings(env)).filter(({ check }) => check === "rights");
    expect(rights).toHaveLength(14);
    for (const { fix } of rights) await server.query(fix);
    expect(await hermes(env, "doctor")).toMatchObject({ response: "ok" });
  });
});
