import { writeFile } from "node:fs/promises";
import { contest } from "../contest";
import { emptyAccounts } from "../empty";
import { finishedRows } from "../finished-rows";
import { kamctl } from "../peers/kamctl";
import { run } from "../process";
import { accountsCsv } from "../requests";
import { memoryRow, rateRow, timeRow } from "../row";
import { DOMAIN, mariadbSite } from "../site";
import type { Work } from "../work";

/** Accounts in both databases against kamctl, one by one, and against the client with SQL that has it all. */
export const importUsers: Work = {
  name: "import",
  async measure({ server, rounds, rows }) {
    const site = await mariadbSite(server);
    const count = rows(100_000);
    const csv = site.file("users.csv");
    await writeFile(csv, accountsCsv(count));
    const load = site.hermes("user", "import", csv, "--json");
    await run(load);
    const sql = site.file("rows.sql");
    await finishedRows(site, sql);
    const add = await kamctl(site);
    const afresh = { before: () => emptyAccounts(site) };
    const { hermes, client, one } = await contest(rounds(5), {
      hermes: { ...afresh, program: () => load },
      client: { ...afresh, program: () => ({ ...site.client("kamailio"), stdin: sql }) },
      one: add && { program: (round) => add("add", `one${round}@${DOMAIN}`, "secret") },
    });
    await site.remove();
    const work = `user import of ${count.toLocaleString("en")} into both databases`;
    return [
      rateRow({
        work,
        hermes: (count * 1000) / hermes.ms,
        trips: hermes.trips,
        peer: "kamctl add",
        other: one && 1000 / one.ms,
        least: 200,
      }),
      timeRow({ work: "… in time", hermes, peer: "mariadb < rows.sql", other: client, most: 1.5 }),
      memoryRow("… its peak memory", hermes, 160, client),
    ];
  },
};
