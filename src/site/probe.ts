import { formatDatabaseUrl, type MysqlLocation } from "../config/database-url";
import { whyNoUsers } from "./access";
import { inspect, type KamailioSite } from "./kamailio-site";
import { currentHost, socketRoot } from "./server";
import type { FoundSite } from "./site-found";
import type { Surroundings } from "./surroundings";

/** All that is known of a site before anything is done there. */
export interface SiteFacts {
  readonly around: Surroundings;
  /** Whose database it is, and what else was said there. */
  readonly source: FoundSite;
  readonly kamailio: KamailioSite;
  /** The host that a MySQL user is to be made for: as the server sees us. */
  readonly clientHost: string;
  /** Whether the login that is named for provisioning reads Kamailio's tables, too. */
  readonly namedLoginReads: boolean;
  /** Who may be asked to make a user and a database; the one that is named, or those that can. */
  readonly administrators: readonly MysqlLocation[];
}

/** Looks at the databases. Reads only; refuses with error/dbfail where Kamailio's is none. */
export async function probe(around: Surroundings, source: FoundSite): Promise<SiteFacts> {
  const kamailio = await inspect(source.kamailio);
  const { location } = kamailio;
  const nothing = { clientHost: "", namedLoginReads: false, administrators: [] };
  if (location.kind === "sqlite") return { around, source, kamailio, ...nothing };
  return {
    around,
    source,
    kamailio,
    clientHost: await currentHost(location),
    namedLoginReads: await namedLoginReads(around, location),
    administrators: await administrators(around, source, location),
  };
}

async function namedLoginReads({ logins }: Surroundings, kamailio: MysqlLocation) {
  const { provisioning } = logins;
  if (provisioning?.kind !== "mysql" || provisioning.password === "") return false;
  return inspect({ ...provisioning, database: kamailio.database }).then(
    () => true,
    () => false,
  );
}

async function administrators(
  { logins }: Surroundings,
  { admin }: FoundSite,
  kamailio: MysqlLocation,
): Promise<MysqlLocation[]> {
  if (logins.administrator !== undefined) return [logins.administrator];
  const able: MysqlLocation[] = [];
  for (const login of [admin, kamailio, ...socketRoot(kamailio)]) {
    if (login !== undefined && (await whyNoUsers(login)) === undefined) able.push(login);
  }
  return able;
}

/** The same in words. */
export function described({ kamailio: { location, versions }, source }: SiteFacts): string[] {
  const list = Object.entries(versions).map(([table, version]) => `${table} ${version}`);
  return [
    `Kamailio's database is ${formatDatabaseUrl(location)} (${source.source}).`,
    `Its table versions: ${list.join(", ")}.`,
  ];
}
