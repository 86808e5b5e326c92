import type { Knex } from "knex";

/** What a database error means to us, whichever engine it comes from. */
export type ErrorKind =
  /** A unique key has the value already. */
  | "duplicate"
  /** Deadlock, lock timeout or certification failure: the whole transaction may be tried again. */
  | "retry"
  /** No such server, wrong credentials, connection lost, no such database or file. */
  | "unreachable"
  | "missing-table"
  /** No right to read or write a table, or a read-only database. */
  | "denied"
  | "other";

export interface ColumnFacts {
  /** Widest text in characters, where it is a text column. */
  readonly width: number | undefined;
  readonly collation: string | undefined;
}

/** Column facts by column name. */
export type TableFacts = ReadonlyMap<string, ColumnFacts>;

/** What a kind of database server does in its own way. Everything else is knex's. */
export interface Engine {
  readonly kind: "mysql" | "sqlite";
  readonly knex: Knex;
  /** The columns of each of a schema's tables; a table that is missing is missing here. */
  describe(schema: string | undefined, tables: readonly string[]): Promise<Map<string, TableFacts>>;
  classify(error: unknown): ErrorKind;
  /** The server's own words for an error, without the statement and its values. */
  explain(error: unknown): string;
  close(): Promise<void>;
}

/** knex writes its warnings to stdout, which carries the answer and nothing else. */
export const SILENT = { warn() {}, error() {}, deprecate() {}, debug() {} };

/** Thrown by knex and the drivers: what all of them have in common. */
export interface DriverError extends Error {
  readonly code?: string;
  readonly errno?: number;
  readonly sqlMessage?: string;
}
