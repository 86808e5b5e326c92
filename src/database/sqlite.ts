import { chmodSync, closeSync, openSync } from "node:fs";
import { dirname } from "node:path";
import type { SqliteLocation } from "../config/database-url";
import { makeFolder } from "../files/make-folder";
import { type Engine, factsOf } from "./engine";
import type { DriverError } from "./error";
import { patiently } from "./patiently";
import { SqliteConnection } from "./sqlite-connection";
import { sqliteError } from "./sqlite-errors";
import { sayWaiting } from "./waiting";

/** How long the driver itself waits for another process, in milliseconds: the process hears nothing meanwhile. */
const BLOCKED = 50;

/** An SQLite file through libsql, which has better-sqlite3's interface and ships its binary. */
export function openSqlite(
  location: SqliteLocation,
  lockTimeout: number,
  notice: (text: string) => void = () => {},
): Engine {
  const patience = { seconds: lockTimeout, first: 1, longest: 50 };
  return {
    kind: "sqlite",
    connections: 1,

    async connect() {
      const { default: Database } = await import("libsql");
      try {
        prepareFile(location.file);
        const database = new Database(location.file);
        database.exec(`PRAGMA busy_timeout = ${BLOCKED}`);
        const connection = new SqliteConnection(database);
        const waiting = sayWaiting(notice);
        try {
          // Switching to WAL takes the file for itself for a moment.
          await patiently(patience, () => connection.run("PRAGMA journal_mode = WAL"));
        } finally {
          clearTimeout(waiting);
        }
        return connection;
      } catch (error) {
        throw sqliteError(error);
      }
    },

    async describe(connection, _schema, tables) {
      const { rows } = await connection.run<{ table: string; column: string; type: string }>(
        `SELECT m.name AS "table", c.name AS "column", c.type AS "type"
         FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name IN (${tables.map(() => "?").join(", ")})`,
        [...tables],
      );
      return factsOf(rows, ({ table, column, type }) => {
        const width = /\((\d+)\)/.exec(type)?.[1];
        return { table, column, width: width ? Number(width) : undefined, collation: undefined };
      });
    },

    async begin(connection, mode) {
      if (mode === "read") {
        await connection.run("BEGIN");
        return;
      }
      // A writer takes its lock at once: one that is asked for later can be refused in mid-transaction.
      await patiently(patience, () => connection.run("BEGIN IMMEDIATE"));
    },
  };
}

/** Passwords lie in the file: nobody else may read it, or the folder that is made for it. */
function prepareFile(file: string): void {
  makeFolder(dirname(file), 0o700);
  try {
    closeSync(openSync(file, "wx", 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    if ((error as DriverError).code !== "EEXIST") throw error;
  }
}
