import { parseDatabaseUrl } from "../config/database-url";
import { critical } from "../model/refusal";
import type { FoundSite } from "./site-found";

type Sections = Map<string, Map<string, string>>;

/** What kamcli's files say, later ones over earlier ones; undefined where they name no database. */
export function readKamcli(
  files: readonly { path: string; text: string }[],
): FoundSite | undefined {
  const sections: Sections = new Map();
  for (const { text } of files) readIni(text, sections);
  const value = (section: string, key: string) => interpolated(sections, section, key);
  const url = value("db", "rwurl");
  if (url === undefined) return undefined;
  const source = files.map(({ path }) => path).join(", ");
  const domain = value("main", "domain");
  const rpc = rpcAddress(value("jsonrpc", "transport"), value("jsonrpc", "path"));
  return {
    source,
    kamailio: fromSqlAlchemy(url, source),
    ...(domain ? { domain } : {}),
    ...(rpc === undefined ? {} : { rpc }),
  };
}

/** SQLAlchemy's URL: the driver stands behind the engine, options behind the database. */
function fromSqlAlchemy(url: string, source: string) {
  const [address = "", query = ""] = url.replace(/^(\w+)\+\w+:/, "$1:").split(/\?(?=[^@]*$)/);
  if (!/^(mysql|mariadb|sqlite):/.test(address)) {
    const engine = address.split(":")[0];
    throw critical(
      "config",
      `${source} names a database of kind ${engine}: Hermes works on MySQL, MariaDB and SQLite.`,
    );
  }
  const socket = /(?:^|&)unix_socket=([^&]+)/.exec(query)?.[1];
  return parseDatabaseUrl(socket === undefined ? address : `${address}?socket=${socket}`);
}

function rpcAddress(transport: string | undefined, path: string | undefined): string | undefined {
  const file = /(\/.+)$/.exec(path ?? "")?.[1];
  if (file === undefined) return undefined;
  if (transport === "fifo") return `fifo:${file}`;
  return transport === "socket" ? `unix:${file}` : undefined;
}

/** An ini file as Python's configparser reads it, as far as kamcli uses it. */
function readIni(text: string, sections: Sections): void {
  let current: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const header = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      current = sections.get(header) ?? new Map();
      sections.set(header, current);
      continue;
    }
    const [, key, value] = /^\s*([^=:]+?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined) current?.set(key.toLowerCase(), value ?? "");
  }
}

/** A value with `%(other)s` filled in. */
function interpolated(
  sections: Sections,
  section: string,
  key: string,
  depth = 0,
): string | undefined {
  const raw = sections.get(section)?.get(key) ?? sections.get("DEFAULT")?.get(key);
  if (raw === undefined || depth > 10) return raw;
  return raw.replace(/%%|%\((\w+)\)s/g, (whole, name) =>
    whole === "%%" ? "%" : (interpolated(sections, section, name.toLowerCase(), depth + 1) ?? ""),
  );
}
