import type { Connection, Value } from "./connection";
import type { SchemaFacts } from "./engine";

/** One side of the unit of work: the tables of a database, inside the running transaction. */
export class Schema {
  constructor(
    private readonly connection: Connection,
    readonly kind: "mysql" | "sqlite",
    /** The database's name on a server; SQLite has none. */
    private readonly database: string | undefined,
    private readonly facts: SchemaFacts,
  ) {}

  /** Whether one statement can name tables of both. */
  isBeside(other: Schema): boolean {
    return this.connection === other.connection;
  }

  /** A table's name as it stands in a statement: with its database, quoted. */
  name(table: string): string {
    return this.database === undefined
      ? table
      : `\`${this.database.replaceAll("`", "``")}\`.${table}`;
  }

  async rows<Row>(sql: string, values: readonly Value[] = []): Promise<Row[]> {
    return (await this.connection.run<Row>(sql, values)).rows;
  }

  async row<Row>(sql: string, values: readonly Value[] = []): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, values))[0];
  }

  /** How many rows a statement changed. */
  async changed(sql: string, values: readonly Value[] = []): Promise<number> {
    return (await this.connection.run(sql, values)).changed;
  }

  /** The same, and every node of a cluster knows of it before anything else is done. */
  async changedEverywhere(sql: string, values: readonly Value[]): Promise<number> {
    return (await this.connection.atOnce(sql, values)).changed;
  }

  /** Rows as they come, for lists of any length: a batch at a time. */
  stream<Row>(sql: string, values: readonly Value[] = []): AsyncGenerator<Row[]> {
    return this.connection.stream<Row>(sql, values);
  }

  /** The texts of a statement's only column, for lists of millions: a batch at a time. */
  texts(sql: string, values: readonly Value[] = []): AsyncGenerator<string[]> {
    return this.connection.texts(sql, values);
  }

  has(table: string, column?: string): boolean {
    const columns = this.facts.get(table);
    return column === undefined ? columns !== undefined : columns?.has(column) === true;
  }

  /** The widest text that a column holds, in characters. */
  width(table: string, column: string): number {
    return this.facts.get(table)?.get(column)?.width ?? Number.POSITIVE_INFINITY;
  }

  /** The collation that a text column is compared by, where the engine has such. */
  collation(table: string, column: string): string | undefined {
    return this.facts.get(table)?.get(column)?.collation;
  }

  /** Whether a text matches a LIKE pattern; whatever is looked for, the column's character set need not hold it. */
  like(expression: string): string {
    const text = this.kind === "mysql" ? `CONVERT(${expression} USING utf8mb4)` : expression;
    return `${text} LIKE ? ESCAPE '|'`;
  }

  /** The database's own time in SQL, in unix seconds. */
  get unixNow(): string {
    return this.kind === "mysql" ? "UNIX_TIMESTAMP()" : "unixepoch()";
  }

  /** `username@domain` in SQL, of two columns or expressions; compared as the database compares. */
  joined(username = "username", domain = "domain"): string {
    return this.kind === "mysql"
      ? `CONCAT(${username}, '@', ${domain})`
      : `${username} || '@' || ${domain}`;
  }

  /** The same as bytes, so that both engines sort alike. */
  joinedBytes(username = "username", domain = "domain"): string {
    const text = this.joined(username, domain);
    return this.kind === "mysql" ? `CAST(${text} AS BINARY)` : text;
  }
}
