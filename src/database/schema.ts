import type { Knex } from "knex";
import type { TableFacts } from "./engine";
import { offTheWire } from "./off-the-wire";

/** One side of the unit of work: the tables of a database, inside the running transaction. */
export class Schema {
  /** Names of locks that the transaction has taken, so that it takes each once. */
  readonly locked = new Set<string>();

  constructor(
    readonly trx: Knex.Transaction,
    readonly kind: "mysql" | "sqlite",
    /** The database's name on a server; SQLite has none. */
    readonly name: string | undefined,
    private readonly facts: ReadonlyMap<string, TableFacts>,
  ) {}

  /** A query on a table. */
  table<Row extends object>(name: string): Knex.QueryBuilder<Row, Row[]> {
    const query = this.trx<Row>(name);
    return (this.name === undefined
      ? query
      : query.withSchema(this.name)) as unknown as Knex.QueryBuilder<Row, Row[]>;
  }

  /** A table's name for a `??` in raw SQL. */
  qualified(table: string): string {
    return this.name === undefined ? table : `${this.name}.${table}`;
  }

  /** The rows of a raw query, on either engine. */
  async rows<Row>(sql: string, bindings: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.trx.raw(sql, bindings as never);
    return this.kind === "mysql" ? result[0] : result;
  }

  /** How many rows a raw statement changed. */
  async changed(sql: string, bindings: readonly unknown[] = []): Promise<number> {
    const result = await this.trx.raw(sql, bindings as never);
    return Number(this.kind === "mysql" ? result[0].affectedRows : result.changes);
  }

  /** A table's name as it may stand in a statement. */
  quoted(table: string): string {
    return this.name === undefined ? table : `\`${this.name.replaceAll("`", "``")}\`.${table}`;
  }

  /** Rows as they come off the wire, for lists of any length. */
  async *stream<Row>(query: Knex.QueryBuilder | Knex.Raw): AsyncGenerator<Row> {
    const rows = query.stream({ highWaterMark: 500 }) as AsyncIterable<Row>;
    yield* rows;
  }

  /** The texts of a statement's only column, for lists of millions: a batch at a time. */
  async *texts(sql: string, bindings: readonly unknown[] = []): AsyncGenerator<string[]> {
    const { client } = this.trx;
    const connection = await client.acquireConnection();
    if (this.kind === "mysql") {
      yield* offTheWire<[string], string>(connection, sql, bindings, ([text]) => text);
    } else {
      const texts: string[] = connection
        .prepare(sql)
        .pluck()
        .all(...bindings);
      if (texts.length > 0) yield texts;
    }
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
  like(expression: string, pattern = "?"): string {
    const text = this.kind === "mysql" ? `CONVERT(${expression} USING utf8mb4)` : expression;
    return `${text} LIKE ${pattern} ESCAPE '|'`;
  }

  /** `username@domain` in SQL, of two columns or expressions; compared as the database compares. */
  joined(username: string, domain: string): string {
    return this.kind === "mysql"
      ? `CONCAT(${username}, '@', ${domain})`
      : `${username} || '@' || ${domain}`;
  }

  /** The same of a table's columns as bytes, so that both engines sort alike. */
  addressBytes(username = "username", domain = "domain"): Knex.Raw {
    const text = this.joined("??", "??");
    const bytes = this.kind === "mysql" ? `CAST(${text} AS BINARY)` : text;
    return this.trx.raw(bytes, [username, domain]);
  }

  /** The same of a table's columns, for a query. */
  addressText(username = "username", domain = "domain"): Knex.Raw {
    return this.trx.raw(this.joined("??", "??"), [username, domain]);
  }
}
