import { formatDatabaseUrl, type MysqlLocation } from "../config/database-url";
import { DatabaseError, type DriverError } from "../database/error";
import { KAMAILIO_RIGHTS } from "../database/tables";
import { failed } from "../model/refusal";
import { connected } from "./server";

/** A MySQL user of Hermes' own, and the databases it is to work on. */
export interface WantedAccess {
  readonly user: string;
  readonly host: string;
  readonly password: string;
  /** Kamailio's database. */
  readonly kamailio: string;
  readonly provisioning: string;
  /** Those of Kamailio's tables that the site does without. */
  readonly without: readonly string[];
}

/** What migrations and nodes do in the provisioning database. */
const OWN =
  "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, CREATE TEMPORARY TABLES";

const CREATE_USER_FAILED = 1396;

const identifier = (name: string) => `\`${name.replaceAll("`", "``")}\``;
const literal = (text: string) => `'${text.replace(/['\\]/g, (mark) => `\\${mark}`)}'`;
/** In a grant on a whole database `_` and `%` stand for other characters. */
const pattern = (name: string) => identifier(name.replace(/[_%\\]/g, (mark) => `\\${mark}`));

/** As MySQL writes an account: `'hermes'@'%'`. */
export const account = ({ user, host }: WantedAccess) => `${literal(user)}@${literal(host)}`;

/** The statements that make the user and the provisioning database, no right more than is needed. */
export function accessStatements(wanted: WantedAccess): string[] {
  const { password, kamailio, provisioning, without } = wanted;
  const tables = Object.entries(KAMAILIO_RIGHTS).filter(([table]) => !without.includes(table));
  const to = `TO ${account(wanted)}`;
  const on = (table: string) => `ON ${identifier(kamailio)}.${table}`;
  return [
    `CREATE USER ${account(wanted)} IDENTIFIED BY ${literal(password)}`,
    `CREATE DATABASE IF NOT EXISTS ${identifier(provisioning)} DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
    ...tables.map(
      ([table, rights]) => `GRANT ${["SELECT", ...rights].join(", ")} ${on(table)} ${to}`,
    ),
    `GRANT ${OWN} ON ${pattern(provisioning)}.* ${to}`,
  ];
}

/** The same for an administrator to run, in words too, and the command to go on with. */
export function byHand(
  wanted: WantedAccess,
  server: MysqlLocation,
): { text: string; sql: string[]; command: string } {
  const { user, password, provisioning } = wanted;
  const own = formatDatabaseUrl({ ...server, user, password, database: provisioning }, true);
  const sql = accessStatements(wanted).map((statement) => `${statement};`);
  const command = `hermes init --provisioning-url '${own}'`;
  const text = [
    "Have an administrator of the database run this, to give Hermes a user with no more rights than it needs:",
    "",
    ...sql.map((statement) => `  ${statement}`),
    "",
  ].join("\n");
  return { text, sql, command };
}

/**
 * What keeps a login from creating users, or nothing. It may still lack the right to give away
 * others: that shows when it tries.
 */
export async function whyNoUsers(login: MysqlLocation): Promise<string | undefined> {
  try {
    const { rows } = await connected(login, (connection) =>
      connection.run(
        "SELECT 1 FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE = 'CREATE USER' LIMIT 1",
      ),
    );
    return rows.length > 0 ? undefined : `${login.user} may not create users`;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Has an administrator make the user and the database. Answers false, and leaves no user behind,
 * where these credentials may not. Throws failed/exists where the user is there already.
 */
export function createAccess(admin: MysqlLocation, wanted: WantedAccess): Promise<boolean> {
  return connected(admin, async (connection) => {
    const [createUser = "", ...others] = accessStatements(wanted);
    try {
      await connection.run(createUser);
      try {
        for (const statement of others) await connection.run(statement);
      } catch (error) {
        await connection.run(`DROP USER ${account(wanted)}`);
        throw error;
      }
      return true;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      if ((error.cause as DriverError).errno === CREATE_USER_FAILED) {
        throw failed(
          "exists",
          `There is a MySQL user ${account(wanted)} already. Give its password: --provisioning-url mysql://${wanted.user}:PASSWORD@${admin.host}:${admin.port}/${wanted.provisioning} (or have it made anew: DROP USER ${account(wanted)})`,
        );
      }
      if (["denied", "refused", "absent"].includes(error.kind)) return false;
      throw error;
    }
  });
}
