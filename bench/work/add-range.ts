import { contest } from "../contest";
import { fillAliases, rangeOf, writeNumbers } from "../pool";
import { memoryRow, timeRow } from "../row";
import { mariadbSite } from "../site";
import type { Work } from "../work";

/** A fresh range against LOAD DATA of the same numbers, and the same range again against the first time. */
export const addRange: Work = {
  name: "add-range",
  async measure({ server, rounds, rows }) {
    const site = await mariadbSite(server);
    const count = rows(1_000_000);
    const file = site.file("numbers.txt");
    await writeNumbers(file, count);
    await site.sql("CREATE TABLE {hermes}.loaded LIKE {hermes}.numbers");
    const addition = site.hermes("numbers", "add-range", ...rangeOf(count), "--json");
    const fresh = {
      before: async () => void (await site.sql("TRUNCATE {hermes}.numbers")),
      program: () => addition,
    };
    const { hermes, load } = await contest(rounds(9), {
      hermes: fresh,
      load: {
        before: async () => void (await site.sql("TRUNCATE {hermes}.loaded")),
        program: () =>
          site.client("hermes", "-e", `LOAD DATA LOCAL INFILE '${file}' INTO TABLE loaded`),
      },
    });
    // Apart from that: who comes behind a run that writes nothing finds the disk at rest.
    const { first, again } = await contest(rounds(5), {
      first: fresh,
      again: { program: () => addition },
    });
    const beside = await mariadbSite(server);
    const aliases = rows(100_000);
    await fillAliases(beside, count, aliases);
    const { used, unused } = await contest(rounds(9), {
      used: {
        before: async () => void (await beside.sql("TRUNCATE {hermes}.numbers")),
        program: () => beside.hermes("numbers", "add-range", ...rangeOf(count), "--json"),
      },
      unused: fresh,
    });
    await beside.remove();
    await site.remove();
    const work = `numbers add-range, ${count.toLocaleString("en")} fresh, MariaDB`;
    return [
      timeRow({ work, hermes, peer: "LOAD DATA LOCAL", other: load, most: 1 }),
      memoryRow("… its peak memory", hermes, 120, load),
      timeRow({
        work: "… the same range again",
        hermes: again,
        peer: "its first run",
        other: first,
        most: 1,
      }),
      timeRow({
        work: `… with ${aliases.toLocaleString("en")} aliases in and around it`,
        hermes: used,
        peer: "without",
        other: unused,
        most: 1.15,
      }),
    ];
  },
};
