import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { DATABASE_DEFAULTS } from "../../src/config/config";
import { type MysqlLocation, parseDatabaseUrl } from "../../src/config/database-url";
import { openMysql } from "../../src/database/mysql";
import { attachMariadb, type MariadbServer } from "../support/mariadb";

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
