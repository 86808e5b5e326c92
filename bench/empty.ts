import type { MariadbSite } from "./site";

const TABLES = [
  ...["{kamailio}.subscriber", "{kamailio}.usr_preferences", "{kamailio}.dbaliases"],
  ...["{hermes}.users", "{hermes}.numbers"],
  ...["{hermes}.records", "{hermes}.record_changes", "{hermes}.record_subjects"],
];

/** Takes away all accounts, aliases and numbers, and what is recorded of them. */
export async function emptyAccounts(site: MariadbSite): Promise<void> {
  for (const table of TABLES) await site.sql(`TRUNCATE ${table}`);
}
