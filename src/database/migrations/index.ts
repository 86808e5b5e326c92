import type { Knex } from "knex";
import { provisioning } from "./001-provisioning";
import { operators } from "./002-operators";
import { phoneModels } from "./004-phone-models";
import type { Migration, MigrationContext } from "./migration";

/** In the order in which they run; a name that has landed is never changed. */
export const migrations: readonly Migration[] = [provisioning, operators, phoneModels];

/** The migrations as knex takes them: from the program, not from a folder. */
export function migrationSource(context: MigrationContext): Knex.MigrationSource<Migration> {
  return {
    getMigrations: async () => [...migrations],
    getMigrationName: ({ name }) => name,
    getMigration: async ({ up, down }) => ({
      up: (knex) => up(knex, context),
      down: (knex) => down(knex, context),
    }),
  };
}

export const MIGRATIONS_TABLE = "hermes_migrations";
