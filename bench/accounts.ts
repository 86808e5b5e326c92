import { DOMAIN, type MariadbSite } from "./site";

/** Accounts with an alias each, as Hermes would have made them. */
export async function fillAccounts(site: MariadbSite, count: number): Promise<void> {
  const series = `{hermes}.seq_0_to_${count - 1}`;
  await site.sql(`INSERT INTO {kamailio}.subscriber (username, domain, password, ha1, ha1b)
    SELECT CONCAT('user', seq), '${DOMAIN}', 'secret',
      MD5(CONCAT('user', seq, ':${DOMAIN}:secret')),
      MD5(CONCAT('user', seq, '@${DOMAIN}:${DOMAIN}:secret')) FROM ${series}`);
  for (const [attribute, type, value] of [
    ["email", 0, "user@mail.example"],
    ["permittedcalls", 1, "7"],
  ]) {
    await site.sql(`INSERT INTO {kamailio}.usr_preferences (username, domain, attribute, type, value)
      SELECT CONCAT('user', seq), '${DOMAIN}', '${attribute}', ${type}, '${value}' FROM ${series}`);
  }
  await site.sql(`INSERT INTO {kamailio}.dbaliases (alias_username, alias_domain, username, domain)
    SELECT CONCAT('+49', 3000000000 + seq), '${DOMAIN}', CONCAT('user', seq), '${DOMAIN}' FROM ${series}`);
  await site.sql(`INSERT INTO {hermes}.users
      (username, domain, password, authid, registrar, r_port, proxy, p_port, displayname, linetext)
    SELECT CONCAT('user', seq), '${DOMAIN}', 'secret', CONCAT('user', seq), '${DOMAIN}', 5060,
      '${DOMAIN}', 5060, CONCAT('User ', seq), CONCAT('user', seq) FROM ${series}`);
  await site.sql(
    "ANALYZE TABLE {kamailio}.subscriber, {kamailio}.usr_preferences, {kamailio}.dbaliases, {hermes}.users",
  );
}
