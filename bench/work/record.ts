import { writeFile } from "node:fs/promises";
import { contest } from "../contest";
import { emptyAccounts } from "../empty";
import { rangeOf } from "../pool";
import { accountsCsv, addLocal, requestLines } from "../requests";
import { timeRow } from "../row";
import { mariadbSite } from "../site";
import { unrecorded } from "../unrecorded";
import type { Work } from "../work";

const PEER = "without a record";

/** What the record of changes costs: the same Hermes with and without it. */
export const record: Work = {
  name: "record",
  async measure({ server, rounds, rows }) {
    const site = await mariadbSite(server);
    const without = await unrecorded(site.folder);
    const afresh = { before: () => emptyAccounts(site) };
    const both = async (program: ReturnType<typeof site.hermes>) =>
      contest(rounds(9), {
        hermes: { ...afresh, program: () => program },
        other: { ...afresh, program: () => without(program) },
      });

    const count = rows(1_000_000);
    const range = await both(site.hermes("numbers", "add-range", ...rangeOf(count), "--json"));
    const accounts = rows(10_000);
    const csv = site.file("users.csv");
    await writeFile(csv, accountsCsv(accounts));
    const load = await both(site.hermes("user", "import", csv, "--json"));
    const requests = rows(1_000);
    const lines = site.file("requests.ndjson");
    await writeFile(
      lines,
      requestLines(requests, (index) => [addLocal(index)]),
    );
    const batch = await both(site.hermes("batch", lines));
    await site.remove();
    const row = { peer: PEER };
    return [
      timeRow({
        ...{ ...row, ...range, most: 1.1 },
        work: `record: add-range of ${count.toLocaleString("en")}`,
      }),
      timeRow({
        ...{ ...row, ...load, most: 1.15 },
        work: `record: user import of ${accounts.toLocaleString("en")}`,
      }),
      timeRow({
        ...{ ...row, ...batch },
        work: `record: batch of ${requests.toLocaleString("en")} user/add_local`,
      }),
    ];
  },
};
