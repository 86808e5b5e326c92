import { systemReason } from "../model/system-reason";
import { DatabaseError, type DriverError, type ErrorKind } from "./error";

const KINDS: Readonly<Record<number, ErrorKind>> = {
  1020: "retry", // ER_CHECKREAD: MariaDB's snapshot isolation
  1205: "retry", // ER_LOCK_WAIT_TIMEOUT
  1213: "retry", // ER_LOCK_DEADLOCK, and Galera's failed certification
  3101: "retry", // ER_TRANSACTION_ROLLBACK_DURING_COMMIT: group replication
  1613: "retry", // ER_XA_RBTIMEOUT
  1614: "retry", // ER_XA_RBDEADLOCK
  8022: "retry", // TiDB: commit failed
  8028: "retry", // TiDB: schema changed
  9007: "retry", // TiDB: write conflict
  1180: "unsure", // ER_ERROR_DURING_COMMIT: a Galera node that loses the others meanwhile
  1062: "duplicate", // ER_DUP_ENTRY
  1586: "duplicate", // ER_DUP_ENTRY_WITH_KEY_NAME
  1049: "missing-database", // ER_BAD_DB_ERROR
  1146: "missing-table", // ER_NO_SUCH_TABLE
  1044: "denied", // ER_DBACCESS_DENIED_ERROR
  1142: "denied", // ER_TABLEACCESS_DENIED_ERROR
  1143: "denied", // ER_COLUMNACCESS_DENIED_ERROR
  1227: "denied", // ER_SPECIFIC_ACCESS_DENIED_ERROR
  1401: "denied", // ER_XAER_RMERR: MySQL's XA RECOVER without XA_RECOVER_ADMIN
  1235: "unsupported", // ER_NOT_SUPPORTED_YET: XA in a Galera cluster
  1397: "unknown-branch", // ER_XAER_NOTA
  1402: "rolled-back", // ER_XA_RBROLLBACK
  1290: "read-only", // ER_OPTION_PREVENTS_STATEMENT: --read-only
  1792: "read-only", // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
  1836: "read-only", // ER_READ_ONLY_MODE
  1021: "full", // ER_DISK_FULL
  1114: "full", // ER_RECORD_FILE_FULL
  1040: "busy", // ER_CON_COUNT_ERROR
  1047: "busy", // ER_UNKNOWN_COM_ERROR: a Galera node that is not ready
  1203: "busy", // ER_TOO_MANY_USER_CONNECTIONS
  1226: "busy", // ER_USER_LIMIT_REACHED
  1045: "refused", // ER_ACCESS_DENIED_ERROR
  1698: "refused", // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
  1053: "lost", // ER_SERVER_SHUTDOWN
  1927: "lost", // ER_CONNECTION_KILLED
  1969: "slow", // ER_STATEMENT_TIMEOUT: MariaDB's max_statement_time
  3024: "slow", // ER_QUERY_TIMEOUT: MySQL's max_execution_time
};

/** No server there, before anything was said to it. */
const ABSENT = /^(ECONNREFUSED|ENOENT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/;

/** No TLS, or not the server that its certificate should name. */
const UNTRUSTED = /^HANDSHAKE_(SSL_ERROR|NO_SSL_SUPPORT)$/;

/** A way to log in that we do not have, or do not want. */
const REFUSED = /^(AUTH_SWITCH_PLUGIN_ERROR|MYSQL_CLEAR_PASSWORD_NOT_ENABLED)$/;

/** mysql2's errors, as what they mean. */
export function mysqlError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const { errno, code = "", sqlMessage, fatal } = error as DriverError;
  const kind = kindOf(errno, code);
  const lost = kind === "other" && fatal === true;
  return new DatabaseError(lost ? "lost" : kind, sqlMessage ?? systemReason(error), error);
}

function kindOf(errno: number | undefined, code: string): ErrorKind {
  const known = errno === undefined ? undefined : KINDS[errno];
  if (known !== undefined) return known;
  if (ABSENT.test(code)) return "absent";
  if (UNTRUSTED.test(code)) return "untrusted";
  if (REFUSED.test(code)) return "refused";
  return /^(E[A-Z]+|PROTOCOL_.*|HANDSHAKE_.*)$/.test(code) ? "lost" : "other";
}
