import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { DATABASE_DEFAULTS } from "../../src/config/config";
import { type MysqlLocation, parseDatabaseUrl } from "../../src/config/database-url";
import { openMysql } from "../../src/database/mysql";
import { openSqlite } from "../../src/database/sqlite";
import { attachMariadb, type MariadbServer } from "../support/mariadb";
import { temporaryHome } from "../support/temporary-home";

let server: MariadbServer;
beforeAll(async () => {
  server = attachMariadb(inject("mariadb"));
  await server.query("CREATE DATABASE turns");
  await server.query("CREATE TABLE turns.t (x INT) ENGINE = InnoDB");
});
afterAll(async () => {
  await server.drop(["turns"]);
  await server.stop();
});

it("nothing is done behind what fails in a turn, however much the turn has to say", async () => {
  const location = parseDatabaseUrl(server.url("turns")) as MysqlLocation;
  const connection = await openMysql(location, DATABASE_DEFAULTS).connect();
  try {
    // A deadlock ends the transaction: whatever came behind it would be committed by itself.
    const long = `/* ${"x".repeat(600_000)} */`;
    const turn = await Promise.allSettled([
      connection.run("START TRANSACTION"),
      connection.run(`INSERT INTO turns.t VALUES (1) ${long}`),
      connection.run("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213"),
      connection.run("ROLLBACK"),
      connection.run(`INSERT INTO turns.t VALUES (2) ${long}`),
      connection.run(`INSERT INTO turns.t VALUES (3) ${long}`),
    ]);
    expect(turn.map(({ status }) => status)).toEqual(Array(6).fill("rejected"));
    // The next turn is another matter.
    await connection.run("ROLLBACK");
    expect((await connection.run("SELECT x FROM turns.t")).rows).toEqual([]);
  } finally {
    await connection.close();
  }
});

it("nor what was asked for in a later turn, before anybody could know of the failure", async () => {
  const location = parseDatabaseUrl(server.url("turns")) as MysqlLocation;
  const connection = await openMysql(location, DATABASE_DEFAULTS).connect();
  try {
    await connection.run("START TRANSACTION");
    const turn = [
      connection.run("DO SLEEP(0.2)"),
      connection.run("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213"),
    ];
    await new Promise((resolve) => setTimeout(resolve, 50));
    turn.push(connection.run("INSERT INTO turns.t VALUES (4)"));
    const outcomes = await Promise.allSettled(turn);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(3).fill("rejected"));
    await connection.run("COMMIT");
    expect((await connection.run("SELECT x FROM turns.t")).rows).toEqual([]);
  } finally {
    await connection.close();
  }
});

it("on SQLite, what follows a statement that ended the transaction is not done by itself", async () => {
  const home = await temporaryHome();
  const file = join(home.folder, "turns.db");
  const connection = await openSqlite(
    { kind: "sqlite", file },
    DATABASE_DEFAULTS.lockTimeout,
  ).connect();
  try {
    await connection.run("CREATE TABLE t (x INTEGER PRIMARY KEY)");
    await connection.run("BEGIN IMMEDIATE");
    const turn = await Promise.allSettled([
      connection.run("INSERT INTO t VALUES (1)"),
      connection.run("INSERT OR ROLLBACK INTO t VALUES (1)"),
      connection.run("INSERT INTO t VALUES (2)"),
    ]);
    expect(turn.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    await expect(connection.run("INSERT INTO t VALUES (3)")).rejects.toThrow();
    await connection.run("ROLLBACK").catch(() => {});
    await connection.run("INSERT INTO t VALUES (4)");
    expect((await connection.run("SELECT x FROM t")).rows).toEqual([{ x: 4 }]);
  } finally {
    await connection.close();
    await home.remove();
  }
});
