import { MIGRATIONS_TABLE, migrationSource } from "./src/database/migrations";
import { EmbeddedClient } from "./src/database/sqlite-client";

/** For knex's own command line, on a scratch file; Hermes itself migrates with `hermes db migrate`. */
export default {
  client: EmbeddedClient,
  connection: { filename: "hermes-dev.db" },
  useNullAsDefault: true,
  migrations: {
    tableName: MIGRATIONS_TABLE,
    migrationSource: migrationSource({ kind: "sqlite", addressCollation: undefined }),
  },
};
