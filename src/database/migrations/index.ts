import type { Knex } from "knex";
import { provisioning } from "./001-provisioning";
import { operators } from "./002-operators";
import { numberStates } from "./003-number-states";
import { phoneModels } from "./004-phone-models";
import { record } from "./005-record";
import { people } from "./006-people";
import { sessionStart } from "./007-session-start";
import { decisions } from "./008-decisions";
import type { Migration, MigrationContext } from "./migration";

/** In the order in which they run; a name that has landed is never changed. */
export const migrations: readonly Migration[] = [
  provisioning,
  operators,
  numberStates,
  phoneModels,
  record,
  people,
  sessionStart,
  decisions,
];

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
