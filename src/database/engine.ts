import type { Connection } from "./connection";

export interface ColumnFacts {
  /** Widest text in characters, where it is a text column. */
  readonly width: number | undefined;
  readonly collation: string | undefined;
}

/** Column facts by column name. */
export type TableFacts = ReadonlyMap<string, ColumnFacts>;

/** Table facts by table name; a table that is missing is missing here. */
export type SchemaFacts = ReadonlyMap<string, TableFacts>;

/** What an engine's own catalog says of columns, a row each, as facts. */
export function factsOf<Row>(
  rows: readonly Row[],
  shape: (row: Row) => ColumnFacts & { readonly table: string; readonly column: string },
): SchemaFacts {
  const facts = new Map<string, Map<string, ColumnFacts>>();
  for (const row of rows) {
    const { table, column, ...known } = shape(row);
    const columns = facts.get(table) ?? new Map<string, ColumnFacts>();
    facts.set(table, columns.set(column, known));
  }
  return facts;
}

/** What a kind of database does in its own way. */
export interface Engine {
  readonly kind: "mysql" | "sqlite";
  /** Connections that one process may hold. */
  readonly connections: number;
  connect(): Promise<Connection>;
  /** The columns of each of a schema's tables. */
  describe(
    connection: Connection,
    schema: string | undefined,
    tables: readonly string[],
  ): Promise<SchemaFacts>;
  /** The databases that this user may see; an SQLite file is one. */
  databases?(connection: Connection): Promise<readonly string[]>;
  /** Statements that begin a transaction: one that looks at one moment, or one that writes. */
  begin(connection: Connection, mode: "read" | "write"): Promise<void>;
}
