import { fillAccounts } from "../accounts";
import { contest } from "../contest";
import { memoryRow, timeRow } from "../row";
import { mariadbSite } from "../site";
import type { Work } from "../work";

/** All accounts as CSV against the mariadb client's bare rows of the same tables. */
export const exportUsers: Work = {
  name: "export",
  async measure({ server, rounds, rows }) {
    const site = await mariadbSite(server);
    const count = rows(100_000);
    await fillAccounts(site, count);
    const { provisioning } = site.databases;
    const selects = ["subscriber", "usr_preferences", `${provisioning}.users`]
      .map((table) => `SELECT * FROM ${table};`)
      .join(" ");
    const { hermes, client } = await contest(rounds(7), {
      hermes: { program: () => site.hermes("user", "export") },
      client: { program: () => site.client("kamailio", "--quick", "-N", "-e", selects) },
    });
    await site.remove();
    const work = `user export of ${count.toLocaleString("en")}`;
    return [
      timeRow({ work, hermes, peer: "mariadb --quick, the same rows", other: client, most: 2.5 }),
      memoryRow("… its peak memory", hermes, 160, client),
    ];
  },
};
