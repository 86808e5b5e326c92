import { contest } from "../contest";
import { rangeOf, writeNumbers } from "../pool";
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
    const again = site.hermes("numbers", "add-range", ...rangeOf(count), "--json");
    const { fresh, existing, load } = await contest(rounds(9), {
      fresh: {
        before: async () => void (await site.sql("TRUNCATE {hermes}.numbers")),
        program: () => again,
      },
      existing: { program: () => again },
      load: {
        before: async () => void (await site.sql("TRUNCATE {hermes}.loaded")),
        program: () =>
          site.client("hermes", "-e", `LOAD DATA LOCAL INFILE '${file}' INTO TABLE loaded`),
      },
    });
    await site.remove();
    const work = `numbers add-range, ${count.toLocaleString("en")} fresh, MariaDB`;
    return [
      timeRow({ work, hermes: fresh, peer: "LOAD DATA LOCAL", other: load, most: 1 }),
      memoryRow("… its peak memory", fresh, 120, load),
      timeRow({
        work: "… the same range again",
        hermes: existing,
        peer: "its first run",
        other: fresh,
        most: 1,
      }),
    ];
  },
};
