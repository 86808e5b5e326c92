import type { MysqlLocation } from "../config/database-url";
import { type ColumnFacts, type DriverError, type Engine, type ErrorKind, SILENT } from "./engine";

const CONNECT_TIMEOUT = 10_000;

/** Truncated or out-of-range values are errors, whatever the server's own default is. */
const SESSION =
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO'";

/**
 * A MySQL or MariaDB server through mysql2. Tables are named with their schema, so that one
 * connection and one transaction serve Kamailio's database and ours; `database` is for migrations,
 * which name none.
 */
export async function openMysql(location: MysqlLocation, database?: string): Promise<Engine> {
  const [{ default: knex }, { default: Mysql2Client }] = await Promise.all([
    import("knex"),
    import("knex/lib/dialects/mysql2/index.js"),
  ]);
  const { host, port, socket, user, password } = location;
  const handle = knex({
    client: Mysql2Client as never,
    // Saves knex asking the server; nothing we build differs by it.
    version: "latest",
    connection: {
      ...(socket === undefined ? { host, port } : { socketPath: socket }),
      ...(database === undefined ? {} : { database }),
      user,
      password,
      charset: "utf8mb4",
      connectTimeout: CONNECT_TIMEOUT,
      dateStrings: true,
      supportBigNumbers: true,
    } as never,
    compileSqlOnError: false,
    log: SILENT,
    pool: {
      min: 0,
      max: 4,
      afterCreate: (
        connection: { query(sql: string, done: (error?: Error) => void): void },
        done: (error?: Error) => void,
      ) => connection.query(SESSION, (error) => done(error)),
    },
  });
  return {
    kind: "mysql",
    knex: handle,
    async describe(schema, tables) {
      const [rows]: { t: string; c: string; w: number | null; l: string | null }[][] =
        await handle.raw(
          `SELECT TABLE_NAME t, COLUMN_NAME c, CHARACTER_MAXIMUM_LENGTH w, COLLATION_NAME l
           FROM information_schema.COLUMNS
           WHERE TABLE_SCHEMA = ? AND TABLE_NAME IN (${tables.map(() => "?").join(", ")})`,
          [schema ?? "", ...tables],
        );
      const facts = new Map<string, Map<string, ColumnFacts>>();
      for (const { t, c, w, l } of rows ?? []) {
        const columns = facts.get(t) ?? new Map<string, ColumnFacts>();
        columns.set(c, {
          width: w === null ? undefined : Number(w),
          collation: l ?? undefined,
        });
        facts.set(t, columns);
      }
      return facts;
    },
    classify,
    explain: (error) => (error as DriverError).sqlMessage ?? (error as Error).message,
    close: () => handle.destroy(),
  };
}

const KINDS: Readonly<Record<number, ErrorKind>> = {
  1020: "retry", // ER_CHECKREAD: MariaDB's snapshot isolation
  1205: "retry", // ER_LOCK_WAIT_TIMEOUT
  1213: "retry", // ER_LOCK_DEADLOCK, and Galera's failed certification
  1062: "duplicate", // ER_DUP_ENTRY
  1586: "duplicate", // ER_DUP_ENTRY_WITH_KEY_NAME
  1049: "missing-table", // ER_BAD_DB_ERROR
  1146: "missing-table", // ER_NO_SUCH_TABLE
  1044: "denied", // ER_DBACCESS_DENIED_ERROR
  1142: "denied", // ER_TABLEACCESS_DENIED_ERROR
  1143: "denied", // ER_COLUMNACCESS_DENIED_ERROR
  1227: "denied", // ER_SPECIFIC_ACCESS_DENIED_ERROR
  1290: "denied", // ER_OPTION_PREVENTS_STATEMENT: --read-only
  1792: "denied", // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
  1836: "denied", // ER_READ_ONLY_MODE
  1040: "unreachable", // ER_CON_COUNT_ERROR
  1045: "unreachable", // ER_ACCESS_DENIED_ERROR
  1053: "unreachable", // ER_SERVER_SHUTDOWN
  1203: "unreachable", // ER_TOO_MANY_USER_CONNECTIONS
  1698: "unreachable", // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
};

function classify(error: unknown): ErrorKind {
  const { errno, code = "" } = error as DriverError;
  const known = errno === undefined ? undefined : KINDS[errno];
  if (known !== undefined) return known;
  if (/^(E[A-Z]+|PROTOCOL_.*|HANDSHAKE_.*)$/.test(code)) return "unreachable";
  return "other";
}
