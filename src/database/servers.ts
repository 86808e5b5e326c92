import type { Config } from "../config/config";
import { formatDatabaseUrl, type MysqlLocation, sameServer, sameTls } from "../config/database-url";
import { critical } from "../model/refusal";
import type { Engine } from "./engine";
import { oneServer, type Servers } from "./link";
import { openMysql } from "./mysql";
import { openSqlite } from "./sqlite";
import { told } from "./told";
import { TwoServers } from "./two-servers";

/** Where both databases are. Two servers are MySQL's or MariaDB's: a file is all of its own. */
export async function openServers(
  config: Config,
  notice: (text: string) => void,
  tell: ((statement: string) => void) | undefined,
): Promise<Servers> {
  const { kamailio, provisioning, database } = config;
  const telling = (engine: Engine) => (tell === undefined ? engine : told(engine, tell));
  const both = `${formatDatabaseUrl(kamailio)} and ${formatDatabaseUrl(provisioning)}`;
  if (sameServer(kamailio, provisioning)) {
    if (!sameTls(kamailio, provisioning)) {
      throw critical(
        "config",
        `${both} are one server and want different things of TLS. Give both the same ssl- options.`,
      );
    }
    return oneServer(telling(await openEngine(config, notice)));
  }
  if (kamailio.kind === "sqlite" || provisioning.kind === "sqlite") {
    throw critical(
      "config",
      `${both} can't be changed together. Give Hermes MySQL or MariaDB servers for both, or one SQLite file.`,
    );
  }
  const end = (location: MysqlLocation) => ({
    location,
    engine: telling(openMysql(location, database, notice)),
  });
  return new TwoServers(end(kamailio), end(provisioning), database.lockTimeout, notice);
}

/** One server can be named with two users: the one that may see both databases serves both. */
async function openEngine(
  { kamailio, provisioning, database }: Config,
  notice: (text: string) => void,
): Promise<Engine> {
  if (kamailio.kind === "sqlite") return openSqlite(kamailio, database.lockTimeout, notice);
  if (provisioning.kind === "sqlite") return openSqlite(provisioning, database.lockTimeout, notice);
  if (provisioning.user === kamailio.user) return openMysql(kamailio, database, notice);
  const own = openMysql(provisioning, database, notice);
  const connection = await own.connect();
  try {
    const seen = await own.describe(connection, kamailio.database, ["subscriber"]);
    return seen.size > 0 ? own : openMysql(kamailio, database, notice);
  } finally {
    await connection.close();
  }
}
