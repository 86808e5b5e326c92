import type { Knex } from "knex";
import {
  type DatabaseLocation,
  formatDatabaseUrl,
  type MysqlLocation,
} from "../config/database-url";
import { critical } from "../model/refusal";
import { createKamailioTables } from "./kamailio-tables";
import { PATIENCE, withMigrationConnection } from "./migration-connection";
import { MIGRATIONS_TABLE, migrationSource, migrations } from "./migrations";
import type { MigrationContext } from "./migrations/migration";
import { PROVISIONING_TABLES } from "./tables";

export interface MigrationState {
  readonly done: string[];
  readonly pending: string[];
}

/**
 * Brings the provisioning tables up to date and answers which migrations that took. Of several at
 * once one does it and the others wait; what an interrupted one left is finished. Refuses with
 * error/dbfail where another process migrates for too long, where the database is somebody
 * else's, or where Kamailio's `subscriber` can't be read.
 */
export async function migrate(
  kamailio: DatabaseLocation,
  provisioning: DatabaseLocation,
): Promise<string[]> {
  if (provisioning.kind === "sqlite") {
    // All in one transaction: a second process waits for its end, and a killed one leaves nothing.
    return withMigrationConnection(provisioning, async (trx) => {
      await createKamailioTables(trx);
      return latest(trx, provisioning, { kind: "sqlite", addressCollation: undefined });
    });
  }
  const context = await mysqlContext(kamailio);
  // MySQL commits each statement by itself, so each can be done again (see createTable).
  return withMigrationConnection(provisioning, async (trx) => {
    await takeTurn(trx, provisioning);
    await trx.raw(
      "CREATE DATABASE IF NOT EXISTS ?? DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
      [provisioning.database],
    );
    await trx.raw("USE ??", [provisioning.database]);
    return latest(trx, provisioning, context);
  });
}

/** Which migrations the provisioning database has, and which it lacks. */
export async function migrationState(provisioning: DatabaseLocation): Promise<MigrationState> {
  const rows = await withMigrationConnection(provisioning, (trx) => recorded(trx, provisioning));
  const done = [...new Set(rows.map(({ name }) => name))];
  const names = migrations.map(({ name }) => name);
  return { done, pending: names.filter((name) => !done.includes(name)) };
}

async function recorded(
  trx: Knex.Transaction,
  location: DatabaseLocation,
): Promise<{ name: string }[]> {
  const schema = location.kind === "mysql" ? location.database : undefined;
  const known = schema === undefined ? trx.schema : trx.schema.withSchema(schema);
  if (!(await known.hasTable(MIGRATIONS_TABLE))) return [];
  const table = trx(MIGRATIONS_TABLE).orderBy("id").select("name");
  return schema === undefined ? table : table.withSchema(schema);
}

/**
 * Waits until nobody else migrates this database. The server frees the lock by itself when the
 * connection ends, so none is ever left behind. On a Galera cluster it is each node's own: migrate
 * through one of them.
 */
async function takeTurn(trx: Knex.Transaction, { database }: MysqlLocation): Promise<void> {
  // MySQL takes 64 characters. Two databases that share so much only wait for each other.
  const name = `hermes_migrations:${database}`.slice(0, 64);
  const [[row] = []]: { taken: number | null; holder: number | null }[][] = await trx.raw(
    "SELECT GET_LOCK(?, ?) AS taken, IS_USED_LOCK(?) AS holder",
    [name, PATIENCE, name],
  );
  if (row?.taken === 1) return;
  throw critical(
    "dbfail",
    `Another process has been migrating ${database} for more than ${PATIENCE} s: the server's connection ${row?.holder}. When it has ended, run: hermes db migrate`,
  );
}

async function latest(
  trx: Knex.Transaction,
  location: DatabaseLocation,
  context: MigrationContext,
): Promise<string[]> {
  if (!(await trx.schema.hasTable(MIGRATIONS_TABLE))) await refuseOthers(trx, location);
  const tableName = MIGRATIONS_TABLE;
  // By now nobody else migrates: what knex's own lock says is left over from one that was killed.
  await trx.migrate.forceFreeMigrationsLock({ tableName });
  const [, names]: [number, string[]] = await trx.migrate.latest({
    migrationSource: migrationSource(context),
    tableName,
    disableTransactions: true,
  });
  return names;
}

/** Where no migration has ever begun, a table of one of our names is somebody else's. */
async function refuseOthers(trx: Knex.Transaction, location: DatabaseLocation): Promise<void> {
  for (const table of PROVISIONING_TABLES) {
    if (!(await trx.schema.hasTable(table))) continue;
    throw critical(
      "dbfail",
      `${formatDatabaseUrl(location)} has a table ${table} that is not Hermes' own, so nothing was done. Give Hermes a database of its own: provisioning.url in its configuration.`,
    );
  }
}

async function mysqlContext(kamailio: DatabaseLocation): Promise<MigrationContext> {
  const schema = kamailio.kind === "mysql" ? kamailio.database : "";
  const [[username] = []]: { collation: string | null }[][] = await withMigrationConnection(
    kamailio,
    (trx) =>
      trx.raw(
        `SELECT COLLATION_NAME AS collation FROM information_schema.COLUMNS
         WHERE TABLE_SCHEMA = ? AND TABLE_NAME = 'subscriber' AND COLUMN_NAME = 'username'`,
        [schema],
      ),
  );
  if (username === undefined) {
    throw critical(
      "dbfail",
      `Database ${schema} has no table subscriber that we may read. Is it Kamailio's?`,
    );
  }
  return { kind: "mysql", addressCollation: username.collation ?? undefined };
}
