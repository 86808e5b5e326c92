import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "libsql";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { migrations } from "../../src/database/migrations";
import { bareEnvironment, hermesBin, runJson } from "../support/hermes-process";
import { attachMariadb, type KamailioDatabases, type MariadbServer } from "../support/mariadb";
import { temporaryHome } from "../support/temporary-home";

const NAMES = migrations.map(({ name }) => name);
const KILLS = 20;

let home: Awaited<ReturnType<typeof temporaryHome>>;
let env: Record<string, string>;

beforeEach(async () => {
  home = await temporaryHome();
  env = home.env;
});
afterEach(() => home.remove());

const migrate = () => runJson(["db", "migrate"], { env });

/** Starts a migration and kills it after some milliseconds, unless it is done by then. */
async function migrateAndDie(after: number): Promise<void> {
  const child = spawn(process.execPath, [hermesBin, "db", "migrate", "--json"], {
    env: bareEnvironment(env),
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  await Promise.race([sleep(after), ended]);
  child.kill("SIGKILL");
  await ended;
}

/** Kills one migration after another at random moments, and looks after each what the next one leaves. */
async function surviveKills(fresh: () => Promise<void>, tables: () => Promise<unknown>) {
  const begun = Date.now();
  expect(await migrate()).toMatchObject({ status: 0 });
  const whole = Date.now() - begun;
  const expected = await tables();
  for (let kill = 0; kill < KILLS; kill++) {
    await fresh();
    await migrateAndDie(whole * (0.3 + 0.7 * Math.random()));
    expect(await migrate()).toMatchObject({ status: 0, envelope: { response: "ok" } });
    expect(await tables()).toEqual(expected);
  }
}

/** Of several at once each answers ok, and each migration was run by exactly one of them. */
async function migrateAtOnce(processes: number) {
  const answers = await Promise.all(Array.from({ length: processes }, migrate));
  expect(answers.map(({ envelope }) => envelope)).toEqual(
    answers.map(() => expect.objectContaining({ response: "ok" })),
  );
  expect(answers.flatMap(({ envelope }) => envelope.migrated)).toEqual(NAMES);
}

describe("hermes db migrate on MariaDB", () => {
  let server: MariadbServer;
  let site: KamailioDatabases;

  beforeAll(() => {
    server = attachMariadb(inject("mariadb"));
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    site = await server.createKamailio("v7");
    env = {
      ...home.env,
      HERMES_KAMAILIO_URL: site.kamailioUrl,
      HERMES_PROVISIONING_URL: site.provisioningUrl,
    };
  });
  afterEach(() => server.drop([site.kamailio, site.provisioning]));

  const fresh = () => server.drop([site.provisioning]);
  const migrated = async () => {
    const rows = await server.query<{ name: string }>(
      `SELECT name FROM ${site.provisioning}.hermes_migrations ORDER BY name`,
    );
    return rows.map(({ name }) => name);
  };
  /** Every table as the server would make it, the migrations that are recorded, and the locks of writers. */
  const tables = async () => {
    const names = await server.query<{ name: string }>(
      "SELECT TABLE_NAME name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? ORDER BY 1",
      [site.provisioning],
    );
    const made: string[] = [];
    for (const { name } of names) {
      const [row] = await server.query("SHOW CREATE TABLE ??.??", [site.provisioning, name]);
      made.push(String(row?.["Create Table"]).replace(/ AUTO_INCREMENT=\d+/, ""));
    }
    const locks = await server.query(`SELECT * FROM ${site.provisioning}.locks ORDER BY name`);
    return { made, locks, migrated: await migrated() };
  };

  test("three at once: one does it, the others wait for it", async () => {
    for (let round = 0; round < 3; round++) {
      await fresh();
      await migrateAtOnce(3);
      expect(await migrated()).toEqual(NAMES);
    }
  });

  test("one that was killed at any moment is finished by the next", { timeout: 180_000 }, () =>
    surviveKills(fresh, tables),
  );

  test("a table that was left without its keys gets them", async () => {
    await migrate();
    const expected = await tables();
    const own = site.provisioning;
    await server.query(`DELETE FROM ${own}.hermes_migrations WHERE name = '002-operators'`);
    await server.query(`DELETE FROM ${own}.locks WHERE name = 'operators'`);
    await server.query(`DROP TABLE ${own}.managing_users, ${own}.extension_grants`);
    await server.query(`ALTER TABLE ${own}.operators DROP KEY operators_username_unique`);
    expect(await migrate()).toMatchObject({ envelope: { migrated: ["002-operators"] } });
    expect(await tables()).toEqual(expected);
  });

  test.each([
    ["taken", "UPDATE {lock} SET is_locked = 1"],
    ["there twice", "INSERT INTO {lock} (is_locked) VALUES (1)"],
    ["empty", "DELETE FROM {lock}"],
    ["gone", "DROP TABLE {lock}"],
  ])("a lock of knex's that is %s locks nobody out", async (_, statement) => {
    await migrate();
    const own = site.provisioning;
    await server.query(`DELETE FROM ${own}.hermes_migrations WHERE name = '002-operators'`);
    await server.query(statement.replace("{lock}", `${own}.hermes_migrations_lock`));
    expect(await migrate()).toMatchObject({ envelope: { migrated: ["002-operators"] } });
    expect(await migrate()).toMatchObject({ envelope: { migrated: [] } });
  });

  test("an older database is not used: the answer names the command", async () => {
    await migrate();
    const own = site.provisioning;
    await server.query(`DELETE FROM ${own}.hermes_migrations WHERE name = '007-session-start'`);
    await server.query(`ALTER TABLE ${own}.sessions DROP COLUMN created`);
    await server.query(
      `INSERT INTO ${own}.sessions (digest, key_digest, key_expires, expires) VALUES ('d', 'k', 1, 2)`,
    );
    const list = () => runJson(["domain", "list"], { env });
    expect(await list()).toMatchObject({
      status: 3,
      envelope: { cause: "dbfail", detail: expect.stringMatching(/created.*hermes db migrate/) },
    });
    const now = Math.floor(Date.now() / 1000);
    expect(await migrate()).toMatchObject({ envelope: { migrated: ["007-session-start"] } });
    const [session] = await server.query(`SELECT created FROM ${own}.sessions`);
    // A session that is open already begins now.
    expect(Number(session?.created)).toBeGreaterThanOrEqual(now - 1);
    expect(await list()).toMatchObject({ status: 0 });
  });

  test("another program's tables are left alone", async () => {
    await server.query(`CREATE DATABASE ${site.provisioning}`);
    await server.query(`CREATE TABLE ${site.provisioning}.users (id INT PRIMARY KEY)`);
    expect(await migrate()).toMatchObject({
      status: 3,
      envelope: {
        response: "error",
        cause: "dbfail",
        detail: expect.stringMatching(/table users .*not .*Hermes/),
      },
    });
    expect(
      await server.query(
        "SELECT TABLE_NAME name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?",
        [site.provisioning],
      ),
    ).toEqual([{ name: "users" }]);
  });
});

describe("hermes db migrate on SQLite", () => {
  const file = () => join(home.folder, "kamailio.sqlite");
  beforeEach(() => {
    env = { ...home.env, HERMES_KAMAILIO_URL: `sqlite://${file()}` };
  });

  const read = (sql: string) => {
    const database = new Database(file());
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  };
  const fresh = async () => {
    const { rmSync } = await import("node:fs");
    for (const end of ["", "-wal", "-shm"]) rmSync(file() + end, { force: true });
  };
  const tables = async () => ({
    made: read("SELECT name, sql FROM sqlite_master ORDER BY name"),
    locks: read("SELECT * FROM locks ORDER BY name"),
    migrated: read("SELECT name FROM hermes_migrations ORDER BY name"),
  });

  test("three at once: one does it, the others wait for it", async () => {
    for (let round = 0; round < 3; round++) {
      await fresh();
      await migrateAtOnce(3);
      expect((await tables()).migrated).toEqual(NAMES.map((name) => ({ name })));
    }
  });

  test("one that was killed at any moment is finished by the next", { timeout: 180_000 }, () =>
    surviveKills(fresh, tables),
  );

  test("an older file is brought up to date by the next call, its sessions begin then", async () => {
    await migrate();
    const now = Math.floor(Date.now() / 1000);
    const database = new Database(file());
    database.exec(
      `DELETE FROM hermes_migrations WHERE name = '007-session-start';
       ALTER TABLE sessions DROP COLUMN created;
       INSERT INTO sessions (digest, key_digest, key_expires, expires) VALUES ('d', 'k', 1, 2)`,
    );
    database.close();
    expect(await runJson(["domain", "list"], { env })).toMatchObject({ status: 0 });
    const [session] = read("SELECT created FROM sessions") as { created: number }[];
    expect(session?.created).toBeGreaterThanOrEqual(now);
  });
});
