import { writeFile } from "node:fs/promises";
import { contest } from "../contest";
import { distantRun } from "../distant";
import { emptyAccounts } from "../empty";
import { accountsCsv, addLocal, requestLines } from "../requests";
import { rateRow, timeRow, tripsRow } from "../row";
import { DOMAIN, mariadbSite } from "../site";
import type { Work } from "../work";

/** What a round trip takes longer where the server stands in another building, in milliseconds. */
const AWAY = 5;

/** Accounts by the node against accounts by the import, here and at a distance; and one alone. */
export const addLocals: Work = {
  name: "add-local",
  async measure({ server, rounds, rows }) {
    const site = await mariadbSite(server);
    const count = rows(1000);
    const lines = site.file("requests.ndjson");
    await writeFile(
      lines,
      requestLines(count, (index) => [addLocal(index)]),
    );
    const csv = site.file("users.csv");
    await writeFile(csv, accountsCsv(count));
    const afresh = { before: () => emptyAccounts(site) };
    const batch = site.hermes("batch", lines);
    const load = site.hermes("user", "import", csv, "--json");
    const here = await contest(rounds(9), {
      batch: { ...afresh, program: () => batch },
      load: { ...afresh, program: () => load },
    });
    await emptyAccounts(site);
    const batchAway = await distantRun(batch, AWAY);
    await emptyAccounts(site);
    const loadAway = await distantRun(load, AWAY);
    const flags = ["--displayname", "One", "--email", "one@mail.example"];
    const { one } = await contest(rounds(20), {
      one: {
        program: (round) => site.hermes("user", "add-local", `one${round}@${DOMAIN}`, ...flags),
      },
    });
    await site.remove();
    const work = `batch of ${count.toLocaleString("en")} user/add_local`;
    return [
      rateRow({
        work,
        hermes: (count * 1000) / here.batch.ms,
        trips: here.batch.trips,
        peer: "user import",
        other: (count * 1000) / here.load.ms,
        least: 0.6,
      }),
      tripsRow("… its round trips", here.batch, 150),
      timeRow({
        work: `… at ${AWAY} ms distance`,
        hermes: batchAway,
        peer: "user import",
        other: loadAway,
      }),
      tripsRow("one user add-local, its round trips", one, 8),
    ];
  },
};
