import { contest } from "../contest";
import { fillPool } from "../pool";
import { timeRow } from "../row";
import { mariadbSite } from "../site";
import type { Work } from "../work";

/** Five numbers at random out of a large pool and out of a small one. */
export const randomNumbers: Work = {
  name: "random",
  async measure({ server, rounds, rows }) {
    const [large, small] = [await mariadbSite(server), await mariadbSite(server)];
    const [many, few] = [rows(10_000_000), 10_000];
    await fillPool(large, many);
    await fillPool(small, few);
    const words = ["numbers", "list", "--random", "--limit", "5", "--json"];
    const outcome = await contest(rounds(20), {
      large: { program: () => large.hermes(...words) },
      small: { program: () => small.hermes(...words) },
    });
    await large.remove();
    await small.remove();
    return [
      timeRow({
        work: `numbers list --random --limit 5 of ${many.toLocaleString("en")}`,
        hermes: outcome.large,
        peer: `of ${few.toLocaleString("en")}`,
        other: outcome.small,
        most: 1.5,
      }),
    ];
  },
};
