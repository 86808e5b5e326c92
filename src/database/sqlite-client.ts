import BetterSqlite3Client from "knex/lib/dialects/better-sqlite3/index.js";
import SqliteTransaction from "knex/lib/dialects/sqlite3/execution/sqlite-transaction.js";
import Database from "libsql";

/** A writer takes its lock at once: a lock that is asked for later can be refused in mid-transaction. */
class EmbeddedTransaction extends SqliteTransaction {
  override begin(connection: unknown) {
    return this.query(connection, this.readOnly ? "BEGIN;" : "BEGIN IMMEDIATE;");
  }
}

/** knex's better-sqlite3 client over libsql. */
export class EmbeddedClient extends BetterSqlite3Client {
  override _driver(): unknown {
    return Database;
  }

  override transaction(container: unknown, config: unknown, outer: unknown) {
    return new EmbeddedTransaction(this, container, config, outer);
  }
}
