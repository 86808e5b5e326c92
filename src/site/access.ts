import { existsSync } from "node:fs";
import type { MysqlLocation } from "../config/database-url";
import type { DriverError, Engine } from "../database/engine";
import { openMysql } from "../database/mysql";
import { failed } from "../model/refusal";

/** A MySQL user of Hermes' own, and the databases it is to work on. */
export interface WantedAccess {
  readonly user: string;
  readonly host: string;
  readonly password: string;
  /** Kamailio's database. */
  readonly kamailio: string;
  readonly provisioning: string;
}

const READ = ["version", "location", "domain"];
const WRITTEN = ["subscriber", "dbaliases", "usr_preferences"];
/** What migrations and nodes do in the provisioning database. */
const OWN =
  "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, CREATE TEMPORARY TABLES";

const CREATE_USER_FAILED = 1396;

const identifier = (name: string) => `\`${name.replaceAll("`", "``")}\``;
const literal = (text: string) => `'${text.replace(/['\\]/g, (mark) => `\\${mark}`)}'`;
/** In a grant on a whole database `_` and `%` stand for other characters. */
const pattern = (name: string) => identifier(name.replace(/[_%\\]/g, (mark) => `\\${mark}`));

const account = ({ user, host }: WantedAccess) => `${literal(user)}@${literal(host)}`;

/** The statements that make the user and the provisioning database, no right more than is needed. */
export function accessStatements(wanted: WantedAccess): string[] {
  const { password, kamailio, provisioning } = wanted;
  const to = `TO ${account(wanted)}`;
  const on = (table: string) => `ON ${identifier(kamailio)}.${table}`;
  return [
    `CREATE USER ${account(wanted)} IDENTIFIED BY ${literal(password)}`,
    `CREATE DATABASE IF NOT EXISTS ${identifier(provisioning)} DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
    ...READ.map((table) => `GRANT SELECT ${on(table)} ${to}`),
    ...WRITTEN.map((table) => `GRANT SELECT, INSERT, UPDATE, DELETE ${on(table)} ${to}`),
    `GRANT ${OWN} ON ${pattern(provisioning)}.* ${to}`,
  ];
}

/**
 * Has an administrator make the user and the database. Answers false, and leaves no user behind,
 * where these credentials may not. Throws failed/exists where the user is there already.
 */
export async function createAccess(admin: MysqlLocation, wanted: WantedAccess): Promise<boolean> {
  const engine = await openMysql(admin);
  const [createUser = "", ...others] = accessStatements(wanted);
  try {
    await run(engine, createUser);
    try {
      for (const statement of others) await run(engine, statement);
    } catch (error) {
      await run(engine, `DROP USER ${account(wanted)}`);
      throw error;
    }
    return true;
  } catch (error) {
    if ((error as DriverError).errno === CREATE_USER_FAILED) {
      throw failed(
        "exists",
        `There is a MySQL user ${account(wanted)} already. Give its password: --provisioning-url mysql://${wanted.user}:PASSWORD@${admin.host}:${admin.port}/${wanted.provisioning} (or have it made anew: DROP USER ${account(wanted)})`,
      );
    }
    if (["denied", "unreachable"].includes(engine.classify(error))) return false;
    throw error;
  } finally {
    await engine.close();
  }
}

// `?` in a statement would be a place for a value.
const run = (engine: Engine, statement: string) =>
  engine.knex.raw(statement.replaceAll("?", "\\?"));

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
export async function currentHost(location: MysqlLocation): Promise<string> {
  const engine = await openMysql(location);
  try {
    const [[row] = []]: { account: string }[][] = await engine.knex.raw(
      "SELECT CURRENT_USER() AS account",
    );
    return row?.account.split("@").at(-1) ?? "%";
  } finally {
    await engine.close();
  }
}
