import { contest, median } from "../contest";
import { fillPool } from "../pool";
import { firstByteShare } from "../process";
import { memoryRow, shareRow, timeRow } from "../row";
import { mariadbSite } from "../site";
import type { Work } from "../work";

/** The whole pool as JSON against the mariadb client's bare rows. */
export const listNumbers: Work = {
  name: "list",
  async measure({ server, rounds, rows }) {
    const site = await mariadbSite(server);
    const count = rows(1_000_000);
    await fillPool(site, count);
    const list = site.hermes("numbers", "list", "--json");
    const { hermes, client } = await contest(rounds(9), {
      hermes: { program: () => list },
      client: {
        program: () => site.client("hermes", "--quick", "-N", "-e", "SELECT number FROM numbers"),
      },
    });
    const shares: number[] = [];
    for (let round = 0; round < rounds(9); round++) shares.push(await firstByteShare(list));
    await site.remove();
    const work = `numbers list --json of ${count.toLocaleString("en")}`;
    return [
      timeRow({ work, hermes, peer: "mariadb --quick", other: client, most: 1.8 }),
      memoryRow("… its peak memory", hermes, 150, client),
      shareRow("… its first byte, as a share of the run", median(shares), 0.05),
    ];
  },
};
