import { critical } from "../model/refusal";
import { readOptions, type TlsSettings, type UrlOptions, writeOptions } from "./url-options";

/** A server, as a URL names it. */
export interface MysqlHost {
  readonly host: string;
  readonly port: number;
}

/** Where tables live: a schema of a MySQL or MariaDB server. */
export interface MysqlLocation extends MysqlHost {
  readonly kind: "mysql";
  /** Servers of the same data, asked in this order where those before them give no answer. */
  readonly others?: readonly MysqlHost[];
  readonly socket?: string;
  readonly tls?: TlsSettings;
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
const MYSQL_EXAMPLE = "mysql://kamailio:kamailiorw@127.0.0.1:3306/kamailio";

/**
 * A database URL in the form of Kamailio's own `db_url`: `mysql://user:password@host:port/database`
 * or `sqlite:///path/to/file`. Hosts that serve the same data stand side by side,
 * `@db1:3306,db2/kamailio`; behind `?` stand a socket and what is wanted of TLS.
 * Throws a Refusal (error/config) where it is neither. It says nothing of the URL: a password can
 * stand anywhere in one that is not understood.
 */
export function parseDatabaseUrl(url: string): DatabaseLocation {
  if (url.startsWith("sqlite://")) {
    const file = url.slice("sqlite://".length).replace(/^\/+/, "/");
    if (!file.startsWith("/") || file === "/") {
      throw wrong("it names no file by its whole path", "sqlite:///var/lib/hermes/hermes.db");
    }
    return { kind: "sqlite", file };
  }
  if (!/^(mysql|mariadb):\/\//.test(url)) {
    throw wrong("it begins with neither mysql:// nor sqlite://");
  }
  // A password may hold any character but `@` unescaped, as in Kamailio's own parser: no URL class.
  const parts =
    /^\w+:\/\/(?<user>[^:@/]*)(?::(?<password>.*))?@(?<hosts>[^/?@]*)(?:\/(?<database>[^/?]*))?(?:\?(?<options>.*))?$/s.exec(
      url,
    )?.groups;
  if (parts === undefined) {
    throw wrong(
      url.includes("@")
        ? "what stands behind the @ is no host and database"
        : "it has no @ between the login and the host",
    );
  }
  if (!parts.database) throw wrong("it names no database behind the host");
  const [first, ...others] = hostsOf(parts.hosts ?? "");
  return {
    kind: "mysql",
    ...first,
    ...(others.length === 0 ? {} : { others }),
    user: decode(parts.user ?? ""),
    password: decode(parts.password ?? ""),
    database: decode(parts.database),
    ...optionsOf(parts.options, others.length > 0),
  };
}

/** The URL of a location; the password is replaced by `***` unless it is asked for. */
export function formatDatabaseUrl(location: DatabaseLocation, showPassword = false): string {
  if (location.kind === "sqlite") return `sqlite://${location.file}`;
  const { user, password, database, socket, tls } = location;
  const secret = showPassword ? encodeURIComponent(password) : "***";
  const hosts = serversOf(location).map(
    ({ host, port }) => `${host.includes(":") ? `[${host}]` : host}:${port}`,
  );
  const options = writeOptions({ socket, tls });
  return `mysql://${encodeURIComponent(user)}:${secret}@${hosts.join()}/${encodeURIComponent(database)}${options}`;
}

/** Every server that a location names, in the order in which they are asked. */
export const serversOf = ({ host, port, others = [] }: MysqlLocation): MysqlHost[] => [
  { host, port },
  ...others,
];

/** Whether both are reached through one server, so that one connection can serve both. */
export function sameServer(a: DatabaseLocation, b: DatabaseLocation): boolean {
  if (a.kind === "sqlite" || b.kind === "sqlite") {
    return a.kind === "sqlite" && b.kind === "sqlite" && a.file === b.file;
  }
  if (a.socket !== undefined || b.socket !== undefined) return a.socket === b.socket;
  const local = (host: string) => (host === "localhost" || host === "::1" ? "127.0.0.1" : host);
  const servers = (location: MysqlLocation) =>
    serversOf(location)
      .map(({ host, port }) => `${local(host)} ${port}`)
      .join();
  return servers(a) === servers(b);
}

/** Whether both want the same of TLS, as one connection must have it where it serves both. */
export function sameTls(a: DatabaseLocation, b: DatabaseLocation): boolean {
  const tls = (location: DatabaseLocation) =>
    location.kind === "sqlite" ? "" : writeOptions({ socket: undefined, tls: location.tls });
  return tls(a) === tls(b);
}

function hostsOf(text: string): [MysqlHost, ...MysqlHost[]] {
  const [first = "", ...others] = text.split(",");
  return [hostOf(first), ...others.map(hostOf)];
}

function hostOf(text: string): MysqlHost {
  const parts = /^(?<host>\[[^[\]]+\]|[^:[\]\s]*)(?::(?<port>\d+))?$/.exec(text)?.groups;
  if (parts === undefined) throw wrong("what stands between @ and / is no host:port");
  const port = parts.port === undefined ? MYSQL_PORT : Number(parts.port);
  if (port < 1 || port > 65_535) throw wrong("its port is none from 1 to 65535");
  return { host: (parts.host || "127.0.0.1").replace(/^\[|\]$/g, ""), port };
}

function optionsOf(text: string | undefined, several: boolean): UrlOptions {
  const options = text === undefined ? {} : readOptions(text, decode);
  if (typeof options === "string") throw critical("config", options);
  if (options.socket !== undefined && several) throw wrong("a socket has no place beside hosts");
  return options;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const wrong = (why: string, example = MYSQL_EXAMPLE) =>
  critical("config", `A database URL can't be read: ${why}. Example: ${example}`);
