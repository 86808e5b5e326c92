import type { Socket } from "node:net";
import type { MysqlLocation } from "../config/database-url";
import { CLUSTER_SESSION } from "./cluster";
import type { Value } from "./connection";
import { type Engine, factsOf } from "./engine";
import { MysqlConnection } from "./mysql-connection";
import { isThere, openDriver } from "./mysql-driver";
import { Watch } from "./watch";

/** Truncated or out-of-range values are errors, whatever the server's own default is. */
const SQL_MODE = "STRICT_ALL_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO";

export interface MysqlTimes {
  /** Seconds until a server that does not answer counts as absent. */
  readonly connectTimeout: number;
  /** Seconds that a statement waits for a row that another transaction holds. */
  readonly lockTimeout: number;
  /** Seconds that a statement may take; 0 is as long as the server is there. */
  readonly statementTimeout: number;
}

/** Seconds that a reader of a list may pause, a pager for instance; the server's own 60 end the list. */
const READER_PAUSE = 86_400;

/**
 * A MySQL or MariaDB server through mysql2. Tables are named with their schema, so that one
 * connection and one transaction serve Kamailio's database and ours.
 */
export function openMysql(
  location: MysqlLocation,
  times: MysqlTimes,
  notice: (text: string) => void = () => {},
): Engine {
  const said = new Set<string>();
  const once = (text: string) => {
    if (!said.has(text)) notice(text);
    said.add(text);
  };
  return {
    kind: "mysql",
    connections: 4,
    connect: () => connect(location, times, once),

    async describe(connection, schema, tables) {
      const { rows } = await connection.run<{
        t: string;
        c: string;
        w: number | null;
        l: string | null;
      }>(
        `SELECT TABLE_NAME t, COLUMN_NAME c, CHARACTER_MAXIMUM_LENGTH w, COLLATION_NAME l
         FROM information_schema.COLUMNS
         WHERE TABLE_SCHEMA = ? AND TABLE_NAME IN (${tables.map(() => "?").join(", ")})`,
        [schema ?? "", ...tables],
      );
      return factsOf(rows, ({ t, c, w, l }) => ({
        ...{ table: t, column: c },
        ...{ width: w === null ? undefined : Number(w), collation: l ?? undefined },
      }));
    },

    async databases(connection) {
      const sql = "SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA";
      const { rows } = await connection.run<{ name: string }>(sql);
      return rows.map(({ name }) => name);
    },

    async begin(connection, mode) {
      // A rule looks at what stands when it looks, other tools' writes included: its own lock keeps
      // other writers of ours out, and a snapshot could be older than that lock. It also locks no
      // gaps, which a running Kamailio would wait for.
      const write = mode === "write";
      await Promise.all([
        connection.run(isolation(write ? "READ COMMITTED" : "REPEATABLE READ")),
        connection.run(write ? "START TRANSACTION" : "START TRANSACTION WITH CONSISTENT SNAPSHOT"),
      ]);
    },
  };
}

/** What transactions of a connection see of others, from the next one on. */
export const isolation = (level: "READ COMMITTED" | "REPEATABLE READ") =>
  `SET SESSION TRANSACTION ISOLATION LEVEL ${level}`;

async function connect(
  location: MysqlLocation,
  times: MysqlTimes,
  notice: (text: string) => void,
): Promise<MysqlConnection> {
  const [{ format }, { driver, version, server }] = await Promise.all([
    import("mysql2"),
    openDriver(location, times.connectTimeout, notice),
  ]);
  const { stream } = driver as unknown as { stream: Socket };
  const watch = new Watch(stream, () => isThere(server, times.connectTimeout));
  const isMariadb = version.includes("MariaDB");
  const bound = (sql: string, values: readonly Value[]) => format(sql, [...values]);
  const connection = new MysqlConnection(driver, bound, watch, isMariadb);
  // They go with the first statement; their failure is that one's too.
  connection.run(`SET SESSION ${settings(isMariadb, times).join(", ")}`).catch(() => {});
  if (isMariadb) connection.run(CLUSTER_SESSION).catch(() => {});
  return connection;
}

function settings(isMariadb: boolean, { lockTimeout, statementTimeout }: MysqlTimes): string[] {
  return [
    `sql_mode = '${SQL_MODE}'`,
    `innodb_lock_wait_timeout = ${lockTimeout}`,
    // Somebody who alters a table.
    `lock_wait_timeout = ${lockTimeout}`,
    `net_write_timeout = ${READER_PAUSE}`,
    ...(statementTimeout === 0 ? [] : [statementLimit(isMariadb, statementTimeout)]),
  ];
}

/** MySQL has it in milliseconds and for what reads alone. */
const statementLimit = (isMariadb: boolean, seconds: number) =>
  isMariadb ? `max_statement_time = ${seconds}` : `max_execution_time = ${seconds * 1000}`;
