import { systemReason } from "../model/system-reason";
import { DatabaseError, type DriverError, type ErrorKind } from "./error";

const KINDS: readonly (readonly [RegExp, ErrorKind])[] = [
  [/^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)$/, "duplicate"],
  [/^SQLITE_(BUSY|LOCKED)/, "retry"],
  [/^(SQLITE_READONLY|EROFS$)/, "read-only"],
  [/^(SQLITE_PERM|EACCES|EPERM)/, "denied"],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, "full"],
  [/^SQLITE_IOERR/, "lost"],
  [/^SQLITE_CORRUPT/, "damaged"],
  [/^(SQLITE_(CANTOPEN|NOTADB)|E[A-Z]+$)/, "absent"],
];

/**
 * libsql's errors, and those of the file system, as what they mean. Some of them end the
 * transaction by themselves: `inTransaction` tells whether it still stands.
 */
export function sqliteError(error: unknown, inTransaction = true): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { code = "", message = "" } = error as DriverError;
  const kind = /no such table/.test(message)
    ? "missing-table"
    : (KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? "other");
  return new DatabaseError(
    !inTransaction && kind === "other" ? "lost" : kind,
    systemReason(error),
    error,
  );
}
