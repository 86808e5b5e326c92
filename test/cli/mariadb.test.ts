import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { refused } from "../support/answers";
import { freePort } from "../support/free-port";
import { runHermes, runJson } from "../support/hermes-process";
import { attachMariadb, type KamailioDatabases } from "../support/mariadb";
import { temporaryHome } from "../support/temporary-home";

/** A site's own MariaDB, as a script meets it. */
describe("a MariaDB", () => {
  const server = attachMariadb(inject("mariadb"));
  let databases: KamailioDatabases;
  let home: Awaited<ReturnType<typeof temporaryHome>>;
  let env: Record<string, string>;
  const json = (...args: string[]) => runJson(args, { env });

  beforeAll(async () => {
    home = await temporaryHome();
    databases = await server.createKamailio("v7");
    env = {
      ...home.env,
      HERMES_KAMAILIO_URL: databases.kamailioUrl,
      HERMES_PROVISIONING_URL: databases.provisioningUrl,
    };
  });
  afterAll(async () => {
    await server.drop([databases.kamailio, databases.provisioning]);
    await server.stop();
    await home.remove();
  });

  it("is error/dbfail where it can't be reached, without its password", async () => {
    const port = await freePort();
    for (const host of ["127.0.0.1", "localhost"]) {
      const url = `mysql://kamailio:hush-hush@${host}:${port}/kamailio`;
      const { status, envelope } = await runJson(["user", "list"], {
        env: { ...home.env, HERMES_KAMAILIO_URL: url },
      });
      expect([status, envelope]).toEqual([3, refused("error", "dbfail", /connection refused/)]);
      expect(envelope.detail).not.toContain("hush");
    }
  });

  it("is error/dbfail where it does not let one in, or has no such database", async () => {
    const { port, user, password } = server.facts;
    for (const [url, detail] of [
      [`mysql://${user}:hush-hush@127.0.0.1:${port}/${databases.kamailio}`, /denied/],
      [`mysql://${user}:${password}@127.0.0.1:${port}/no_such_database`, /no_such_database/],
    ] as const) {
      const { status, envelope } = await runJson(["user", "list"], {
        env: { ...home.env, HERMES_KAMAILIO_URL: url },
      });
      expect([status, envelope]).toEqual([3, refused("error", "dbfail", detail)]);
      expect(envelope.detail).not.toMatch(/hush|SELECT/);
    }
  });

  it("is not migrated unasked: the answer names the command", async () => {
    expect(await json("user", "list")).toMatchObject({
      status: 3,
      envelope: refused("error", "dbfail", "hermes db migrate"),
    });
    const names = await server.query("SHOW DATABASES LIKE ?", [databases.provisioning]);
    expect(names).toEqual([]);
    const status = await json("db", "status");
    expect(status).toMatchObject({ status: 1, envelope: { detail: /hermes db migrate/ } });
  });

  it("is migrated by db migrate, once, and Kamailio's tables are left alone", async () => {
    const tables = () =>
      server.query(
        "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? ORDER BY 1, 2",
        [databases.kamailio],
      );
    const before = await tables();
    const first = await json("db", "migrate");
    expect(first).toMatchObject({ status: 0, envelope: { response: "ok" } });
    expect(first.envelope.migrated).not.toEqual([]);
    expect(await json("db", "migrate")).toMatchObject({ status: 0, envelope: { migrated: [] } });
    expect(await json("db", "status")).toMatchObject({ status: 0, envelope: { pending: [] } });
    expect(await tables()).toEqual(before);
    expect(await json("user", "list")).toMatchObject({
      status: 0,
      envelope: { response: "ok", list: [] },
    });
  });

  it("answers failed/dbfail to a write without the right to it, and nothing is written", async () => {
    const { kamailio, provisioning } = databases;
    const user = `reader_${kamailio.slice(-6)}`;
    await server.query(`INSERT IGNORE INTO ${kamailio}.domain (domain) VALUES ('example.org')`);
    await runHermes(
      [
        ...["domain", "set-servers", "example.org", "--registrar", "a.test", "--r-port", "5060"],
        ...["--proxy", "a.test", "--p-port", "5060", "--prov-url", "https://a.test/"],
      ],
      { env },
    );
    await server.query(`CREATE USER ${user} IDENTIFIED BY 'hush-hush'`);
    try {
      await server.query(`GRANT SELECT ON ${kamailio}.* TO ${user}`);
      await server.query(`GRANT SELECT, UPDATE, INSERT ON ${provisioning}.* TO ${user}`);
      const url = (database: string) =>
        `mysql://${user}:hush-hush@127.0.0.1:${server.port}/${database}`;
      const reader = {
        ...home.env,
        HERMES_KAMAILIO_URL: url(kamailio),
        HERMES_PROVISIONING_URL: url(provisioning),
      };
      const args = ["user", "add-local", "al@example.org", "--displayname", "Al"];
      const { status, envelope } = await runJson([...args, "--email", "al@mail.test"], {
        env: reader,
      });
      expect([status, envelope]).toEqual([1, refused("failed", "dbfail", /does not let|denied/)]);
      expect(envelope.detail).not.toContain("hush");
      expect(await json("user", "list")).toMatchObject({ envelope: { list: [] } });
    } finally {
      await server.query(`DROP USER ${user}`);
    }
  });

  it("refuses a value that a column does not hold, and nothing is written", async () => {
    await server.query(`ALTER TABLE ${databases.provisioning}.users MODIFY displayname VARCHAR(3)`);
    const args = ["user", "add-local", "al@example.org", "--displayname", "Alfred"];
    expect(await json(...args, "--email", "al@mail.test")).toMatchObject({
      status: 1,
      envelope: refused("failed", "dbfail", /displayname/),
    });
    expect(await json("user", "list")).toMatchObject({ envelope: { list: [] } });
    await server.query(
      `ALTER TABLE ${databases.provisioning}.users MODIFY displayname VARCHAR(255)`,
    );
  });
});
