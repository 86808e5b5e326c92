import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { DATABASE_DEFAULTS } from "../../src/config/config";
import { type MysqlLocation, parseDatabaseUrl } from "../../src/config/database-url";
import type { Connection } from "../../src/database/connection";
import { openMysql } from "../../src/database/mysql";
import { attachMariadb, type MariadbServer } from "../support/mariadb";

let server: MariadbServer;
let connection: Connection;
beforeAll(async () => {
  server = attachMariadb(inject("mariadb"));
  await server.query("CREATE DATABASE texts");
  await server.query("CREATE TABLE texts.t (id INT PRIMARY KEY, x TEXT) CHARSET utf8mb4");
  const location = parseDatabaseUrl(server.url("texts")) as MysqlLocation;
  connection = await openMysql(location, DATABASE_DEFAULTS).connect();
});
afterAll(async () => {
  await connection.close();
  await server.drop(["texts"]);
  await server.stop();
});

async function all(sql: string): Promise<string[]> {
  const found: string[][] = [];
  for await (const some of connection.texts(sql)) found.push(some);
  return found.flat();
}

it("texts of any length and script come whole and in order, wherever the network cuts them", async () => {
  // Lengths beside those at which the form of a row changes, and bytes that could be a row's head.
  const lengths = [0, 1, 2, 11, 13, 127, 128, 249, 250, 251, 252, 254, 255, 256, 65_535];
  const letters = ["x", "é", "電", "😀", "\u0001\u0000", "\n"];
  const texts = lengths.flatMap((length) => letters.map((letter) => letter.repeat(length)));
  const rows = texts.filter((text) => Buffer.byteLength(text) <= 65_535);
  for (const [id, text] of rows.entries()) {
    await connection.run("INSERT INTO texts.t VALUES (?, ?)", [id, text]);
  }
  expect(await all("SELECT x FROM texts.t ORDER BY id")).toEqual(rows);
  const short = "SELECT x FROM texts.t WHERE LENGTH(x) < 300";
  const many = `SELECT a.x FROM (${short}) AS a, (${short}) AS b ORDER BY b.x`;
  expect((await all(many)).length).toBe((await all(short)).length ** 2);
});

it("two million rows are all there, and the connection goes on", async () => {
  const count = 2_000_000;
  const numbers = await all(`SELECT CONCAT('+', seq) FROM mysql.seq_1_to_${count}`);
  expect(numbers.length).toBe(count);
  expect(numbers.every((number, index) => number === `+${index + 1}`)).toBe(true);
  expect((await connection.run("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});

it("who leaves off in the middle, or asks for nothing, can go on", async () => {
  for await (const [first] of connection.texts("SELECT seq FROM mysql.seq_1_to_100000")) {
    expect(first).toBe("1");
    break;
  }
  expect(await all("SELECT seq FROM mysql.seq_1_to_3")).toEqual(["1", "2", "3"]);
  expect(await all("SELECT x FROM texts.t WHERE 1 = 0")).toEqual([]);
});

it("what the server refuses is an error, before rows and among them", async () => {
  await expect(all("SELECT nothing FROM texts.t")).rejects.toThrow(/nothing/);
  const late = "SELECT IF(seq < 100000, seq, (SELECT 1 UNION SELECT 2)) FROM mysql.seq_1_to_100000";
  await expect(all(late)).rejects.toThrow(/more than 1 row/);
  expect(await all("SELECT 'on'")).toEqual(["on"]);
});

it("statements asked for meanwhile are answered behind the rows, texts too", async () => {
  for (const count of [1, 5_000, 9_000]) {
    const counted = async () => (await all(`SELECT seq FROM mysql.seq_1_to_${count}`)).length;
    const reading = [counted(), counted(), counted()];
    await new Promise(setImmediate);
    const behind = connection.run("SELECT 2 AS two");
    expect(await Promise.all([...reading, counted()])).toEqual(Array(4).fill(count));
    expect((await behind).rows).toEqual([{ two: 2 }]);
  }
});

it("on a connection that is lost, what is asked for next is an error", async () => {
  const location = parseDatabaseUrl(server.url("texts")) as MysqlLocation;
  const other = await openMysql(location, DATABASE_DEFAULTS).connect();
  const { rows } = await other.run<{ id: number }>("SELECT CONNECTION_ID() AS id");
  await server.query(`KILL ${rows[0]?.id}`);
  await expect(other.run("SELECT 1")).rejects.toThrow();
  for (const reading of [other.texts("SELECT 'x'"), other.stream("SELECT 'x'")]) {
    await expect(reading.next()).rejects.toMatchObject({ kind: "lost" });
  }
  await other.close();
});
