import { contest, type Entrant } from "../contest";
import { fillPool } from "../pool";
import { run } from "../process";
import { type Row, timeRow } from "../row";
import { DOMAIN, type MariadbSite, mariadbSite } from "../site";
import type { Work } from "../work";

const USER = `alice@${DOMAIN}`;

/** Searches that a number is taken by: what it starts with, and what it ends with too. */
const SEARCHES = ["+4930*", "+4930*77", "*1234"];

/** Numbers at random out of a large pool and out of a small one: shown, and given to somebody. */
export const randomNumbers: Work = {
  name: "random",
  async measure({ server, rounds, rows }) {
    const [large, small] = [await mariadbSite(server), await mariadbSite(server)];
    const [many, few] = [rows(10_000_000), 10_000];
    const measured: Row[] = [];
    for (const [site, count] of [
      [large, many],
      [small, few],
    ] as const) {
      await fillPool(site, count);
      await run(
        site.hermes("user", "add-local", USER, "--displayname", "A", "--email", "a@b.example"),
      );
    }
    const compare = async (
      words: readonly string[],
      before?: (site: MariadbSite) => NonNullable<Entrant["before"]>,
    ) => {
      const entrant = (site: MariadbSite): Entrant => ({
        ...(before === undefined ? {} : { before: before(site) }),
        program: () => site.hermes("numbers", ...words, "--json"),
      });
      const outcome = await contest(rounds(20), { large: entrant(large), small: entrant(small) });
      measured.push(
        timeRow({
          work: `numbers ${words.filter((word) => word !== USER).join(" ")} of ${many.toLocaleString("en")}`,
          hermes: outcome.large,
          peer: `of ${few.toLocaleString("en")}`,
          other: outcome.small,
          most: 1.5,
        }),
      );
    };
    await compare(["list", "--random", "--limit", "5"]);
    for (const search of SEARCHES) {
      // What was given out goes back: an account has one number at a time.
      await compare(["assign", "--random", "--search", search, USER], (site) => async () => {
        await site.sql(
          "INSERT INTO {hermes}.numbers SELECT alias_username FROM {kamailio}.dbaliases",
        );
        await site.sql("DELETE FROM {kamailio}.dbaliases");
      });
    }
    await large.remove();
    await small.remove();
    return measured;
  },
};
