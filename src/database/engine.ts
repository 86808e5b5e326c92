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
