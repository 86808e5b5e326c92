/** What a statement came to. */
export interface Result<Row = Record<string, unknown>> {
  readonly rows: Row[];
  /** How many rows it changed. */
  readonly changed: number;
}

/** A value that stands for a `?`. */
export type Value = string | number | boolean | null | undefined | Uint8Array;

/** A connection to a database, as far as we use one. Its errors are DatabaseErrors. */
export interface Connection {
  /**
   * Runs a statement. Those that are asked for in one turn of the event loop go to a server
   * together and cost one round trip; one that fails takes those behind it along.
   */
  run<Row>(sql: string, values?: readonly Value[]): Promise<Result<Row>>;
  /** The same of a statement whose rows every node of a cluster must know of at once: a lock's. */
  atOnce(sql: string, values?: readonly Value[]): Promise<Result>;
  /** A statement's rows as they come, for lists of any length. */
  stream<Row>(sql: string, values?: readonly Value[]): AsyncGenerator<Row[]>;
  /** The same of a statement's only column: for millions an object a row is too dear. */
  texts(sql: string, values?: readonly Value[]): AsyncGenerator<string[]>;
  /** Whether it can't be used any more. */
  readonly broken: boolean;
  close(): Promise<void>;
}
