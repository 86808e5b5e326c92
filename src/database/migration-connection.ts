import type { Knex } from "knex";
import type { DatabaseLocation, MysqlLocation, SqliteLocation } from "../config/database-url";

/** So long a migration waits for others who use its tables or migrate themselves, in seconds. */
export const PATIENCE = 60;

/** knex writes its warnings to stdout, which carries the answer and nothing else. */
const SILENT = { warn() {}, error() {}, deprecate() {}, debug() {} };

/** Runs `body` in one transaction of knex's own, on one connection that lives no longer. */
export async function withMigrationConnection<T>(
  location: DatabaseLocation,
  body: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  const knex = await (location.kind === "mysql" ? mysql(location) : sqlite(location));
  let first: unknown;
  try {
    return await knex.transaction(async (trx) => {
      try {
        return await body(trx);
      } catch (error) {
        first = error;
        throw error;
      }
    });
  } catch (error) {
    // A ROLLBACK that fails, as on a lost connection, says nothing of why.
    throw first ?? error;
  } finally {
    await knex.destroy();
  }
}

/** No database is chosen yet: it may have to be made. */
async function mysql(location: MysqlLocation): Promise<Knex> {
  const [{ default: knex }, { migrationClient }] = await Promise.all([
    import("knex"),
    import("./mysql-client"),
  ]);
  return knex({
    client: migrationClient(location) as never,
    // Whatever is needed of it stands in the location.
    connection: {},
    compileSqlOnError: false,
    log: SILENT,
    pool: pool((connection: { query(sql: string, done: Done): void }, done) =>
      connection.query(
        `SET SESSION sql_mode = 'STRICT_ALL_TABLES', lock_wait_timeout = ${PATIENCE}`,
        (error) => done(error),
      ),
    ),
  });
}

/** The file is there: whoever opens the database makes it, with its mode. */
async function sqlite({ file }: SqliteLocation): Promise<Knex> {
  const [{ default: knex }, { EmbeddedClient }] = await Promise.all([
    import("knex"),
    import("./sqlite-client"),
  ]);
  return knex({
    client: EmbeddedClient as never,
    connection: { filename: file },
    useNullAsDefault: true,
    compileSqlOnError: false,
    log: SILENT,
    pool: pool((connection: { exec(sql: string): void }, done) => {
      connection.exec(`PRAGMA busy_timeout = ${PATIENCE * 1000}`);
      done();
    }),
  });
}

type Done = (error?: Error | null) => void;

const pool = <C>(afterCreate: (connection: C, done: Done) => void) => ({
  min: 0,
  max: 1,
  afterCreate,
});
