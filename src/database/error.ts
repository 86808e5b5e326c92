/** What a database error means to us, whichever engine it comes from. */
export type ErrorKind =
  /** A unique key has the value already. */
  | "duplicate"
  /** Deadlock, lock timeout or certification failure: the whole transaction may be tried again. */
  | "retry"
  /** The server does not let this user in. */
  | "refused"
  /** The connection would not be as safe as is asked for. */
  | "untrusted"
  /** No server answers there, or there is no such file. */
  | "absent"
  /** The server has no connection left, or is not ready to work. */
  | "busy"
  /** The connection ended in the middle of the work. */
  | "lost"
  /** A COMMIT has failed, and whether it was done is not said. */
  | "unsure"
  /** A statement took longer than one may. */
  | "slow"
  | "missing-database"
  | "missing-table"
  /** No right to read or write a table. */
  | "denied"
  /** The server or the file takes no writes at all. */
  | "read-only"
  /** The file holds what no database writes. */
  | "damaged"
  /** No room left to write to. */
  | "full"
  /** The server can't do that at all. */
  | "unsupported"
  /** There is no such branch of a transaction over two servers, or its owner is still connected. */
  | "unknown-branch"
  /** Such a branch has been rolled back by the server itself. */
  | "rolled-back"
  | "other";

/** Kinds that leave no transaction behind: whatever comes next would be outside of it. */
const ENDING: ReadonlySet<ErrorKind> = new Set([
  "retry",
  "lost",
  "unsure",
  "full",
  "busy",
  "absent",
]);

/** An error of a driver, wrapped where it is born. `words` are the server's own, without values. */
export class DatabaseError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly words: string,
    cause?: unknown,
  ) {
    super(words, { cause });
    this.name = "DatabaseError";
  }

  /** Which of two servers it is about, as a URL without its password. */
  place: string | undefined;

  /** Whether the transaction that it happened in is over, whatever it was at. */
  get endsTransaction(): boolean {
    return ENDING.has(this.kind);
  }
}

/** What the drivers mark their errors with. */
export interface DriverError extends Error {
  readonly code?: string;
  readonly errno?: number;
  readonly sqlMessage?: string;
  /** The connection is of no use any more. */
  readonly fatal?: boolean;
}
