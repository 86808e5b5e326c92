import type { Knex } from "knex";
import type { DatabaseLocation } from "../config/database-url";
import { critical } from "../model/refusal";
import type { DriverError, Engine } from "./engine";
import { createKamailioTables } from "./kamailio-tables";
import { MIGRATIONS_TABLE, migrationSource, migrations } from "./migrations";
import type { MigrationContext } from "./migrations/migration";
import { openMysql } from "./mysql";

export interface MigrationState {
  readonly done: string[];
  readonly pending: string[];
}

/**
 * Brings the provisioning tables up to date and answers which migrations that took.
 * `unlock` frees the lock that an interrupted migration left behind (MySQL only).
 */
export async function migrate(
  engine: Engine,
  kamailio: DatabaseLocation,
  provisioning: DatabaseLocation,
  unlock = false,
): Promise<string[]> {
  if (provisioning.kind === "sqlite") {
    // One transaction: of two processes that find no tables, one makes them and the other waits.
    return engine.knex.transaction(async (trx) => {
      await createKamailioTables(trx);
      return latest(trx, { kind: "sqlite", addressCollation: undefined });
    });
  }
  const context = await mysqlContext(engine, kamailio);
  await engine.knex.raw(
    "CREATE DATABASE IF NOT EXISTS ?? DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
    [provisioning.database],
  );
  const inside = await openMysql(provisioning, provisioning.database);
  try {
    if (unlock) {
      await inside.knex.migrate.forceFreeMigrationsLock({ tableName: MIGRATIONS_TABLE });
    }
    return await latest(inside.knex, context);
  } catch (error) {
    if ((error as DriverError).name !== "MigrationLocked") throw error;
    throw critical(
      "dbfail",
      "Another migration is running, or one was interrupted. If none runs: hermes db migrate --unlock",
    );
  } finally {
    await inside.close();
  }
}

async function latest(knex: Knex, context: MigrationContext): Promise<string[]> {
  const [, names]: [number, string[]] = await knex.migrate.latest({
    migrationSource: migrationSource(context),
    tableName: MIGRATIONS_TABLE,
    disableTransactions: knex.isTransaction === true,
  });
  return names;
}

/** Which migrations the provisioning database has, and which it lacks. */
export async function migrationState(
  engine: Engine,
  schema: string | undefined,
): Promise<MigrationState> {
  const facts = await engine.describe(schema, [MIGRATIONS_TABLE]);
  const rows: { name: string }[] =
    facts.size === 0
      ? []
      : await engine
          .knex(MIGRATIONS_TABLE)
          .withSchema(schema as string)
          .select("name")
          .orderBy("id");
  const done = rows.map(({ name }) => name);
  const names = migrations.map(({ name }) => name);
  return { done, pending: names.filter((name) => !done.includes(name)) };
}

async function mysqlContext(engine: Engine, kamailio: DatabaseLocation): Promise<MigrationContext> {
  const schema = kamailio.kind === "mysql" ? kamailio.database : undefined;
  const facts = await engine.describe(schema, ["subscriber"]);
  const username = facts.get("subscriber")?.get("username");
  if (username === undefined) {
    throw critical(
      "dbfail",
      `Database ${schema} has no table subscriber that we may read. Is it Kamailio's?`,
    );
  }
  return { kind: "mysql", addressCollation: username.collation };
}
