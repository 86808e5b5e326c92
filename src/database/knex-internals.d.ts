// knex publishes no types for the parts of itself that it invites to extend.
declare module "knex/lib/dialects/better-sqlite3/index.js" {
  export default class BetterSqlite3Client {
    _driver(): unknown;
    transaction(container: unknown, config: unknown, outer: unknown): unknown;
  }
}

declare module "knex/lib/dialects/mysql2/index.js" {
  export default class Mysql2Client {
    acquireRawConnection(): Promise<unknown>;
    checkVersion(connection: unknown): Promise<unknown>;
  }
}

declare module "knex/lib/dialects/sqlite3/execution/sqlite-transaction.js" {
  export default class SqliteTransaction {
    constructor(client: unknown, container: unknown, config: unknown, outer: unknown);
    readonly readOnly: boolean;
    begin(connection: unknown): Promise<unknown>;
    query(connection: unknown, sql: string): Promise<unknown>;
  }
}
