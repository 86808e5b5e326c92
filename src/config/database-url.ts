import { critical } from "../model/refusal";

/** Where tables live: a schema of a MySQL or MariaDB server. */
export interface MysqlLocation {
  readonly kind: "mysql";
  readonly host: string;
  readonly port: number;
  readonly socket?: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Where tables live: an SQLite file. */
export interface SqliteLocation {
  readonly kind: "sqlite";
  readonly file: string;
}

export type DatabaseLocation = MysqlLocation | SqliteLocation;

const MYSQL_PORT = 3306;

/**
 * A database URL in the form of Kamailio's own `db_url`: `mysql://user:password@host:port/database`
 * (`?socket=/run/mysqld/mysqld.sock` for a socket) or `sqlite:///path/to/file`.
 * Throws a Refusal (error/config) where it is neither.
 */
export function parseDatabaseUrl(url: string): DatabaseLocation {
  if (url.startsWith("sqlite://")) {
    const file = url.slice("sqlite://".length).replace(/^\/+/, "/");
    if (!file.startsWith("/") || file === "/")
      throw wrong(url, "sqlite:///var/lib/hermes/hermes.db");
    return { kind: "sqlite", file };
  }
  // A password may hold any character but `@` unescaped, as in Kamailio's own parser: no URL class.
  const match =
    /^(?:mysql|mariadb):\/\/(?<user>[^:@/]*)(?::(?<password>.*))?@(?<host>\[[^\]]+\]|[^:/?@]*)(?::(?<port>\d+))?\/(?<database>[^/?]+)(?:\?socket=(?<socket>.+))?$/.exec(
      url,
    );
  const parts = match?.groups;
  if (!parts?.database) throw wrong(url, "mysql://kamailio:kamailiorw@127.0.0.1:3306/kamailio");
  return {
    kind: "mysql",
    user: decode(parts.user ?? ""),
    password: decode(parts.password ?? ""),
    host: (parts.host || "127.0.0.1").replace(/^\[|\]$/g, ""),
    port: parts.port === undefined ? MYSQL_PORT : Number(parts.port),
    database: decode(parts.database),
    ...(parts.socket === undefined ? {} : { socket: decode(parts.socket) }),
  };
}

/** The URL of a location; the password is replaced by `***` unless it is asked for. */
export function formatDatabaseUrl(location: DatabaseLocation, showPassword = false): string {
  if (location.kind === "sqlite") return `sqlite://${location.file}`;
  const { user, password, host, port, database, socket } = location;
  const secret = showPassword ? encodeURIComponent(password) : "***";
  const query = socket === undefined ? "" : `?socket=${socket}`;
  const name = host.includes(":") ? `[${host}]` : host;
  return `mysql://${encodeURIComponent(user)}:${secret}@${name}:${port}/${database}${query}`;
}

/** Whether both are reached through one server, so that one connection can serve both. */
export function sameServer(a: DatabaseLocation, b: DatabaseLocation): boolean {
  if (a.kind === "sqlite" || b.kind === "sqlite") {
    return a.kind === "sqlite" && b.kind === "sqlite" && a.file === b.file;
  }
  if (a.socket !== undefined || b.socket !== undefined) return a.socket === b.socket;
  const local = (host: string) => (host === "localhost" || host === "::1" ? "127.0.0.1" : host);
  return local(a.host) === local(b.host) && a.port === b.port;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function wrong(url: string, example: string) {
  const shown = url.replace(/^([^:]*:\/\/[^:/]*):.*@/s, "$1:***@");
  return critical("config", `${JSON.stringify(shown)} is not a database URL. Example: ${example}`);
}
