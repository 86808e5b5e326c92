import { fillAccounts } from "../accounts";
import { type Program, run } from "../process";
import { memoryRow, timeRow } from "../row";
import { embeddedSite, mariadbSite } from "../site";
import type { Work } from "../work";

/** A site of a million accounts into a file, and out of it into another kind of database: in flat memory. */
export const backup: Work = {
  name: "backup",
  async measure({ server, rows }) {
    const [site, embedded] = [await mariadbSite(server), await embeddedSite()];
    const count = rows(1_000_000);
    await fillAccounts(site, count);
    const file = site.file("site.backup");
    const once = async (program: Program) => ({ ...(await run(program)), trips: undefined });
    const written = await once(site.hermes("db", "backup", file, "--json"));
    const restored = await once(embedded.hermes("db", "restore", file, "--json"));
    await site.remove();
    await embedded.remove();
    const of = `of ${count.toLocaleString("en")} accounts`;
    return [
      memoryRow(`db backup ${of}, peak memory`, written, 150),
      memoryRow(`db restore ${of}, peak memory`, restored, 150),
      timeRow({ work: "… in time", hermes: restored, peer: "its backup", other: written }),
    ];
  },
};
