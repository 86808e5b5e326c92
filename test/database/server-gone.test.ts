import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { DATABASE_DEFAULTS } from "../../src/config/config";
import { type MysqlLocation, parseDatabaseUrl } from "../../src/config/database-url";
import { loadConfig } from "../../src/config/load";
import { openMysql } from "../../src/database/mysql";
import { openHermes } from "../../src/hermes";
import { freePort } from "../support/free-port";
import { bareEnvironment, hermesBin, runHermes } from "../support/hermes-process";
import { attachMariadb, type OwnServer } from "../support/mariadb";
import { type OwnSite, startOwnSite } from "../support/own-site";

/** Servers that are killed at a random moment of a command. */
const KILLS = process.env.HERMES_TEST_LONG === undefined ? 3 : 90;

let site: OwnSite;
let server: OwnServer;
let env: Record<string, string>;

beforeAll(async () => {
  site = await startOwnSite(1);
  ({ server, env } = site);
  await runHermes(["numbers", "add-range", "+4712000000", "+4712399999"], { env });
});
afterAll(() => site?.stop());

function engineOf(times: Partial<typeof DATABASE_DEFAULTS> = {}, port = server.port) {
  const { user, password } = port === server.port ? server.facts : inject("mariadb");
  const url = `mysql://${user}:${password}@127.0.0.1:${port}/mysql`;
  return openMysql(parseDatabaseUrl(url) as MysqlLocation, { ...DATABASE_DEFAULTS, ...times });
}

/** How a process ended, and after how many seconds; one that hangs has status "hangs". */
async function ended(child: ChildProcess, within: number) {
  const begun = Date.now();
  const close = once(child, "close").then(([code]) => code as number);
  const status = await Promise.race([close, sleep(within * 1000, "hangs" as const)]);
  child.kill("SIGKILL");
  await close;
  return { status, seconds: (Date.now() - begun) / 1000 };
}

describe("a server that is killed", () => {
  it("ends every list, export and report with the rest or an error", async () => {
    const commands = [
      ["numbers", "list", "--output", "ndjson"],
      ["numbers", "export"],
      ["doctor", "--json"],
    ];
    const outcomes: (number | string)[] = [];
    for (let round = 0; round < KILLS; round++) {
      const words = commands[round % commands.length] as string[];
      const child = spawn(process.execPath, [hermesBin, ...words], { env: bareEnvironment(env) });
      let complaint = "";
      child.stderr.on("data", (data: Buffer) => {
        complaint += data;
      });
      const end = ended(child, 60);
      // Every other reader is a slow one, so that the list is surely under way.
      if (round % 2 === 0) child.stdout.resume();
      await sleep(150 + Math.random() * 700);
      await server.killAndRestart();
      child.stdout.resume();
      const { status } = await end;
      outcomes.push(status);
      expect(status, `${words.join(" ")}: ${complaint}`).toBeOneOf([0, 1, 3]);
      if (status === 3 && words[0] === "numbers") expect(complaint).toMatch(/lost|Can't reach/);
    }
    const refused = outcomes.filter((status) => status !== 0);
    expect(refused.length).toBeGreaterThan(0);
    console.info(`${KILLS} kills, ${refused.length} of them in the middle of the work`);
  }, 600_000);

  it("is found again by a process that lives on", async () => {
    const hermes = openHermes(await loadConfig(env));
    try {
      expect(await hermes.call("domain/list")).toMatchObject({ response: "ok" });
      await server.killAndRestart();
      expect(await hermes.call("domain/list")).toMatchObject({ response: "ok" });
    } finally {
      await hermes.close();
    }
  });
});

describe("a server that is frozen", () => {
  it("is absent after connect_timeout, and the answer says so", async () => {
    const hermes = openHermes({
      ...(await loadConfig(env)),
      database: { ...DATABASE_DEFAULTS, connectTimeout: 1 },
    });
    server.signal("SIGSTOP");
    try {
      expect(await hermes.call("domain/list")).toEqual({
        response: "error",
        cause: "dbfail",
        detail: expect.stringMatching(/no answer within 1 s \(database.connect_timeout\)/),
      });
    } finally {
      server.signal("SIGCONT");
      await hermes.close();
    }
  });

  it("is given up in the middle of a statement, and a slow one is not", async () => {
    const frozen = await engineOf({ connectTimeout: 2 }).connect();
    const slow = await engineOf({ connectTimeout: 2 }, inject("mariadb").port).connect();
    const [given, taken] = [frozen.run("SELECT SLEEP(100)"), slow.run("SELECT SLEEP(14) AS woken")];
    await sleep(200);
    server.signal("SIGSTOP");
    try {
      await expect(given).rejects.toMatchObject({
        kind: "lost",
        words: expect.stringMatching(/the server has said nothing for 1\d s, and lets nobody in/),
      });
      expect(frozen.broken).toBe(true);
      expect((await taken).rows).toEqual([{ woken: 0 }]);
    } finally {
      server.signal("SIGCONT");
      await frozen.close();
      await slow.close();
    }
  });

  it("does not keep a process that has its answer", async () => {
    const child = spawn(process.execPath, [hermesBin, "numbers", "export"], {
      env: bareEnvironment(env),
    });
    // The rest of the list stands in the pipe when the server freezes.
    await once(child.stdout, "readable");
    await sleep(500);
    server.signal("SIGSTOP");
    child.stdout.resume();
    child.stderr.resume();
    try {
      expect((await ended(child, 30)).status).toBeOneOf([0, 3]);
    } finally {
      server.signal("SIGCONT");
    }
  });
});

describe("a server that takes its time", () => {
  it("ends a statement after statement_timeout", async () => {
    const connection = await engineOf({ statementTimeout: 1 }).connect();
    try {
      await expect(
        connection.run("SELECT COUNT(*) FROM mysql.seq_1_to_100000000 a, mysql.seq_1_to_1000 b"),
      ).rejects.toMatchObject({ kind: "slow" });
    } finally {
      await connection.close();
    }
  });

  it("says which limit it was", async () => {
    const hermes = openHermes({
      ...(await loadConfig(env)),
      database: { ...DATABASE_DEFAULTS, statementTimeout: 1, lockTimeout: 1 },
    });
    const kamailio = (parseDatabaseUrl(env.HERMES_KAMAILIO_URL ?? "") as MysqlLocation).database;
    expect(await hermes.call("domain/list")).toMatchObject({ response: "ok" });
    await server.query(`LOCK TABLES ${kamailio}.domain WRITE`);
    try {
      expect(await hermes.call("domain/list")).toMatchObject({
        cause: "dbfail",
        detail: expect.stringMatching(/1 s \(database\.(lock|statement)_timeout\)/),
      });
    } finally {
      await server.query("UNLOCK TABLES");
      await hermes.close();
    }
  });
});

describe("a reader that pauses", () => {
  it("gets the whole list, however long the server is used to wait for readers", async () => {
    await server.query("SET GLOBAL net_write_timeout = 1");
    const connection = await engineOf().connect();
    let rows = 0;
    try {
      const list = connection.stream("SELECT REPEAT('x', 10000) AS x FROM mysql.seq_1_to_20000");
      for await (const batch of list) {
        if (rows === 0) await sleep(4_000);
        rows += batch.length;
      }
    } finally {
      await connection.close();
      await server.query("SET GLOBAL net_write_timeout = 60");
    }
    expect(rows).toBe(20_000);
  });
});

describe("several hosts in a URL", () => {
  const other = () => attachMariadb(inject("mariadb"));
  const login = "failover:p";

  beforeAll(async () => {
    for (const each of [server, other()]) {
      await each.query("GRANT SELECT ON *.* TO 'failover'@'%' IDENTIFIED BY 'p'");
    }
  });
  afterAll(() => other().query("DROP USER 'failover'@'%'"));

  /** The port of the server that a URL leads to. */
  async function portOf(hosts: string, connectTimeout = 1): Promise<number> {
    const url = `mysql://${login}@${hosts}/mysql`;
    const connection = await openMysql(parseDatabaseUrl(url) as MysqlLocation, {
      ...DATABASE_DEFAULTS,
      connectTimeout,
    }).connect();
    try {
      const { rows } = await connection.run<{ port: number }>("SELECT @@port AS port");
      return rows[0]?.port ?? 0;
    } finally {
      await connection.close();
    }
  }
  const at = (port: number) => `127.0.0.1:${port}`;

  it("are tried in their order: the first that is there and takes writes", async () => {
    const [first, second, nobody] = [server.port, inject("mariadb").port, await freePort()];
    expect(await portOf(`${at(first)},${at(second)}`)).toBe(first);
    expect(await portOf(`${at(second)},${at(first)}`)).toBe(second);
    expect(await portOf(`${at(nobody)},${at(second)}`)).toBe(second);

    await server.query("SET GLOBAL read_only = 1");
    try {
      expect(await portOf(`${at(first)},${at(second)}`)).toBe(second);
      expect(await portOf(`${at(first)},${at(nobody)}`)).toBe(first);
    } finally {
      await server.query("SET GLOBAL read_only = 0");
    }

    server.signal("SIGSTOP");
    try {
      expect(await portOf(`${at(first)},${at(second)}`)).toBe(second);
    } finally {
      server.signal("SIGCONT");
    }
  });

  it("that are all absent are refused in the first one's words", async () => {
    const [one, two] = [await freePort(), await freePort()];
    await expect(portOf(`${at(one)},${at(two)}`)).rejects.toMatchObject({
      kind: "absent",
      words: "127.0.0.1: connection refused",
    });
  });

  it("are not tried further with a login that the first refuses", async () => {
    const second = inject("mariadb").port;
    const url = `mysql://failover:wrong@${at(server.port)},${at(second)}/mysql`;
    const engine = openMysql(parseDatabaseUrl(url) as MysqlLocation, DATABASE_DEFAULTS);
    await expect(engine.connect()).rejects.toMatchObject({ kind: "refused" });
  });
});
