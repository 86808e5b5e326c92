import type { MysqlLocation } from "../config/database-url";
import type { ColumnFacts, Engine } from "./engine";
import { MysqlConnection } from "./mysql-connection";
import { mysqlError } from "./mysql-errors";

/** Truncated or out-of-range values are errors, whatever the server's own default is. */
const SQL_MODE = "STRICT_ALL_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO";

export interface MysqlTimes {
  /** Seconds until a server that does not answer counts as absent. */
  readonly connectTimeout: number;
  /** Seconds that a statement waits for a row that another transaction holds. */
  readonly lockTimeout: number;
}

/**
 * A MySQL or MariaDB server through mysql2. Tables are named with their schema, so that one
 * connection and one transaction serve Kamailio's database and ours.
 */
export function openMysql(location: MysqlLocation, times: MysqlTimes): Engine {
  return {
    kind: "mysql",
    connections: 4,
    connect: () => connect(location, times),

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
      const facts = new Map<string, Map<string, ColumnFacts>>();
      for (const { t, c, w, l } of rows) {
        const columns = facts.get(t) ?? new Map<string, ColumnFacts>();
        const width = w === null ? undefined : Number(w);
        columns.set(c, { width, collation: l ?? undefined });
        facts.set(t, columns);
      }
      return facts;
    },

    async begin(connection, mode) {
      // A rule looks at what stands when it looks, other tools' writes included: its own lock keeps
      // other writers of ours out, and a snapshot could be older than that lock. It also locks no
      // gaps, which a running Kamailio would wait for.
      const level = mode === "write" ? "READ COMMITTED" : "REPEATABLE READ";
      await Promise.all([
        connection.run(`SET SESSION TRANSACTION ISOLATION LEVEL ${level}`),
        connection.run("START TRANSACTION"),
      ]);
    },
  };
}

async function connect(location: MysqlLocation, times: MysqlTimes): Promise<MysqlConnection> {
  const { createConnection, format } = await import("mysql2");
  const { host, port, socket, user, password } = location;
  const driver = createConnection({
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
    user,
    password,
    charset: "utf8mb4",
    connectTimeout: times.connectTimeout * 1000,
    dateStrings: true,
    supportBigNumbers: true,
    multipleStatements: true,
  });
  await new Promise<void>((resolve, reject) => {
    driver.once("connect", () => resolve());
    driver.once("error", (error) => reject(mysqlError(error)));
  });
  const connection = new MysqlConnection(driver, (sql, values) => format(sql, [...values]));
  const settings = `SET SESSION sql_mode = '${SQL_MODE}', innodb_lock_wait_timeout = ${times.lockTimeout}`;
  // Goes with the first statement; its failure is that one's too.
  connection.run(settings).catch(() => {});
  return connection;
}
