import { writeFile } from "node:fs/promises";
import { contest } from "../contest";
import { finishedRows } from "../finished-rows";
import { kamctl } from "../peers/kamctl";
import { run } from "../process";
import { rateRow, timeRow } from "../row";
import { DOMAIN, type MariadbSite, mariadbSite } from "../site";
import type { Work } from "../work";

const TABLES = ["{kamailio}.subscriber", "{kamailio}.usr_preferences", "{hermes}.users"];

/** Accounts in both databases against kamctl, one by one, and against the client with SQL that has it all. */
export const importUsers: Work = {
  name: "import",
  async measure({ server, rounds, rows }) {
    const site = await mariadbSite(server);
    const count = rows(10_000);
    const csv = site.file("users.csv");
    const lines = Array.from(
      { length: count },
      (_, index) => `user${index}@${DOMAIN},User ${index},user${index}@mail.example\n`,
    );
    await writeFile(csv, `user,displayname,email\n${lines.join("")}`);
    const load = site.hermes("user", "import", csv, "--json");
    await run(load);
    const sql = site.file("rows.sql");
    await finishedRows(site, sql);
    const add = await kamctl(site);
    const afresh = { before: () => empty(site) };
    const { hermes, client, one } = await contest(rounds(9), {
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
        peer: "kamctl add",
        other: one && 1000 / one.ms,
        least: 200,
      }),
      timeRow({ work: "… in time", hermes, peer: "mariadb < rows.sql", other: client, most: 2 }),
    ];
  },
};

async function empty(site: MariadbSite): Promise<void> {
  for (const table of TABLES) await site.sql(`TRUNCATE ${table}`);
}
