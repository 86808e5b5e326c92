import { existsSync } from "node:fs";
import { DATABASE_DEFAULTS } from "../config/config";
import type { DatabaseLocation, MysqlLocation } from "../config/database-url";
import type { Connection } from "../database/connection";
import { currentAccount } from "../database/current-account";
import { openMysql } from "../database/mysql";
import { openSqlite } from "../database/sqlite";

/** Runs `body` on a connection that lives no longer. */
export async function connected<T>(
  location: DatabaseLocation,
  body: (connection: Connection) => Promise<T>,
): Promise<T> {
  const engine =
    location.kind === "mysql"
      ? openMysql(location, DATABASE_DEFAULTS)
      : openSqlite(location, DATABASE_DEFAULTS.lockTimeout);
  const connection = await engine.connect();
  try {
    return await body(connection);
  } finally {
    await connection.close();
  }
}

/** Where a server on this host may have its socket. */
const SOCKETS = ["/run/mysqld/mysqld.sock", "/var/lib/mysql/mysql.sock", "/tmp/mysql.sock"];

const isLocal = (host: string) => ["localhost", "127.0.0.1", "::1"].includes(host);

/** The same server as its root by the local socket, which many systems allow the system's root. */
export function socketRoot(location: MysqlLocation): MysqlLocation[] {
  if (process.getuid?.() !== 0 || !isLocal(location.host)) return [];
  const sockets = location.socket === undefined ? SOCKETS.filter(existsSync) : [location.socket];
  return sockets.map((socket) => ({ ...location, user: "root", password: "", socket }));
}

/** A location that answers: as it stands, or by a local socket where it names this host. */
export async function reachable(location: MysqlLocation): Promise<MysqlLocation> {
  const sockets =
    location.host === "localhost" && location.socket === undefined
      ? SOCKETS.filter(existsSync)
      : [];
  let first: unknown;
  for (const candidate of [location, ...sockets.map((socket) => ({ ...location, socket }))]) {
    try {
      await currentHost(candidate);
      return candidate;
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

/** The host part of the account that a login comes out as. */
export function currentHost(location: MysqlLocation): Promise<string> {
  return connected(location, async (connection) => {
    return (await currentAccount(connection)).host;
  });
}
