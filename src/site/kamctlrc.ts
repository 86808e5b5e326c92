import type { MysqlLocation } from "../config/database-url";
import { critical } from "../model/refusal";
import { shellAssignments } from "./shell-assignments";
import type { FoundSite } from "./site-found";

/** kamctl's own settings where its file leaves them out. */
const DEFAULTS = {
  DBHOST: "localhost",
  DBPORT: "3306",
  DBNAME: "kamailio",
  DBRWUSER: "kamailio",
  DBRWPW: "kamailiorw",
  DBROOTUSER: "root",
};

/** What kamctl's files say, read one after the other as kamctl does; undefined where they name no database. */
export function readKamctlrc(
  files: readonly { path: string; text: string }[],
): FoundSite | undefined {
  let variables: Record<string, string> = {};
  for (const { text } of files) variables = shellAssignments(text, variables);
  const source = files.map(({ path }) => path).join(", ");
  const setting = (name: keyof typeof DEFAULTS) => variables[name] || DEFAULTS[name];
  const domain = variables.SIP_DOMAIN ? { domain: variables.SIP_DOMAIN } : {};
  switch ((variables.DBENGINE ?? "").toUpperCase()) {
    case "":
      return undefined;
    case "SQLITE":
    case "DB_SQLITE": {
      const file = variables.DB_PATH;
      if (!file?.startsWith("/")) {
        throw critical("config", `${source}: DBENGINE is SQLITE, but DB_PATH is no absolute path.`);
      }
      return { source, kamailio: { kind: "sqlite", file }, ...domain };
    }
    case "MYSQL":
    case "DB_MYSQL":
    case "MARIADB": {
      const kamailio: MysqlLocation = {
        kind: "mysql",
        host: setting("DBHOST"),
        port: Number(setting("DBPORT")) || 3306,
        user: setting("DBRWUSER"),
        password: setting("DBRWPW"),
        database: setting("DBNAME"),
      };
      const rootPassword = variables.DBROOTPW;
      const admin = rootPassword
        ? { admin: { ...kamailio, user: setting("DBROOTUSER"), password: rootPassword } }
        : {};
      return { source, kamailio, ...domain, ...admin };
    }
    default:
      throw critical(
        "config",
        `${source} names DBENGINE ${variables.DBENGINE}: Hermes works on MySQL, MariaDB and SQLite.`,
      );
  }
}
