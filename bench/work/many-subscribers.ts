import { contest } from "../contest";
import { memoryRow, timeRow } from "../row";
import { DOMAIN, type MariadbSite, mariadbSite } from "../site";
import type { Work } from "../work";

/** Looking one account up among many and among few, and searching all of them. */
export const manySubscribers: Work = {
  name: "subscribers",
  async measure({ server, rounds, rows }) {
    const [large, small] = [await mariadbSite(server), await mariadbSite(server)];
    const [many, few] = [rows(1_000_000), 1000];
    await fill(large, many);
    await fill(small, few);
    const user = `user${few / 2}@${DOMAIN}`;
    const both = async (times: number, ...words: string[]) =>
      contest(times, {
        large: { program: () => large.hermes(...words, "--json") },
        small: { program: () => small.hermes(...words, "--json") },
      });
    const get = await both(rounds(20), "user", "get", user);
    const leading = await both(rounds(20), "alias", "list", "--destination", user);
    // Every address has it, so every account goes through.
    const search = await both(rounds(5), "user", "list", "--search", "ser");
    await large.remove();
    await small.remove();
    const among = `among ${many.toLocaleString("en")}`;
    const peer = `among ${few.toLocaleString("en")}`;
    return [
      timeRow({ work: `user get ${among}`, hermes: get.large, peer, other: get.small, most: 1.5 }),
      timeRow({
        work: `alias list --destination ${among}`,
        hermes: leading.large,
        peer,
        other: leading.small,
        most: 1.5,
      }),
      memoryRow(
        `user list --search that finds all ${many.toLocaleString("en")}, peak memory`,
        search.large,
        150,
        search.small,
      ),
    ];
  },
};

/** Accounts with an alias each, as Hermes would have made them. */
async function fill(site: MariadbSite, count: number): Promise<void> {
  const series = `{hermes}.seq_0_to_${count - 1}`;
  await site.sql(`INSERT INTO {kamailio}.subscriber (username, domain, password, ha1, ha1b)
    SELECT CONCAT('user', seq), '${DOMAIN}', 'secret', MD5(seq), MD5(seq + 1) FROM ${series}`);
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
