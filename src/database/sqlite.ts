import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import type { SqliteLocation } from "../config/database-url";
import { type ColumnFacts, type DriverError, type Engine, type ErrorKind, SILENT } from "./engine";

/** How long a writer waits for another one, in milliseconds. */
const BUSY_TIMEOUT = 60_000;

/** An SQLite file through libsql, which has better-sqlite3's interface and ships its binary. */
export async function openSqlite(location: SqliteLocation): Promise<Engine> {
  const [{ default: knex }, { EmbeddedClient }] = await Promise.all([
    import("knex"),
    import("./sqlite-client"),
  ]);
  prepareFile(location.file);
  const handle = knex({
    client: EmbeddedClient as never,
    connection: { filename: location.file },
    useNullAsDefault: true,
    compileSqlOnError: false,
    log: SILENT,
    pool: {
      min: 0,
      max: 1,
      afterCreate: (connection: { exec(sql: string): void }, done: (error?: Error) => void) => {
        connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}; PRAGMA journal_mode = WAL`);
        done();
      },
    },
  });
  return {
    kind: "sqlite",
    knex: handle,
    async describe(_schema, tables) {
      const rows: { table: string; column: string; type: string }[] = await handle.raw(
        `SELECT m.name AS "table", c.name AS "column", c.type AS "type"
         FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name IN (${tables.map(() => "?").join(", ")})`,
        [...tables],
      );
      const facts = new Map<string, Map<string, ColumnFacts>>();
      for (const { table, column, type } of rows) {
        const columns = facts.get(table) ?? new Map<string, ColumnFacts>();
        const width = /\((\d+)\)/.exec(type)?.[1];
        columns.set(column, { width: width ? Number(width) : undefined, collation: undefined });
        facts.set(table, columns);
      }
      return facts;
    },
    classify,
    explain: (error) => (error as Error).message.split(" - ").at(-1) ?? "",
    close: () => handle.destroy(),
  };
}

/** Passwords lie in the file: nobody else may read it, or the folder that is made for it. */
function prepareFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(file, "wx", 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    if ((error as DriverError).code !== "EEXIST") throw error;
  }
}

function classify(error: unknown): ErrorKind {
  const { code = "", message = "" } = error as DriverError;
  if (code === "SQLITE_CONSTRAINT_PRIMARYKEY" || code === "SQLITE_CONSTRAINT_UNIQUE") {
    return "duplicate";
  }
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return "retry";
  if (code.startsWith("SQLITE_READONLY") || code === "EACCES" || code === "EPERM") return "denied";
  if (/no such table/.test(message)) return "missing-table";
  if (/^SQLITE_(CANTOPEN|NOTADB|CORRUPT|IOERR|FULL)/.test(code) || /^E[A-Z]+$/.test(code)) {
    return "unreachable";
  }
  return "other";
}
