import { fillAccounts } from "../accounts";
import { contest } from "../contest";
import { limitRow, memoryRow, timeRow } from "../row";
import { DOMAIN, mariadbSite } from "../site";
import type { Work } from "../work";

/** Looking one account up among many and among few, and searching all of them. */
export const manySubscribers: Work = {
  name: "subscribers",
  async measure({ server, rounds, rows }) {
    const [large, small] = [await mariadbSite(server), await mariadbSite(server)];
    const [many, few] = [rows(1_000_000), 1000];
    await fillAccounts(large, many);
    await fillAccounts(small, few);
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
    const { doctor } = await contest(rounds(3), {
      doctor: { program: () => large.hermes("doctor", "--json") },
    });
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
      limitRow(`doctor ${among}`, doctor.ms, 6_000),
      memoryRow("… its peak memory", doctor, 120),
    ];
  },
};
