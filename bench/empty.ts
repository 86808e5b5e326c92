import type { MariadbSite } from "./site";

const TABLES = [
  ...["{kamailio}.subscriber", "{kamailio}.usr_preferences", "{kamailio}.dbaliases"],
  ...["{hermes}.users", "{hermes}.numbers"],
];

/** Takes away all accounts, aliases and numbers. */
export async function emptyAccounts(site: MariadbSite): Promise<void> {
  for (const table of TABLES) await site.sql(`TRUNCATE ${table}`);
}
