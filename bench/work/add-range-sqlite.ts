import { copyFile, rm } from "node:fs/promises";
import { contest } from "../contest";
import { find } from "../peers/find";
import { rangeOf, writeNumbers } from "../pool";
import { timeRow } from "../row";
import { embeddedSite } from "../site";
import type { Work } from "../work";

/** A fresh range in an SQLite file against sqlite3's .import into a copy of the same empty file. */
export const addRangeSqlite: Work = {
  name: "add-range-sqlite",
  async measure({ rounds, rows }) {
    const site = await embeddedSite();
    const count = rows(1_000_000);
    const { database } = site;
    const numbers = site.file("numbers.txt");
    const empty = site.file("empty.db");
    await writeNumbers(numbers, count);
    await copyFile(database, empty);
    const afresh = async (file: string) => {
      for (const end of ["", "-wal", "-shm"]) await rm(`${file}${end}`, { force: true });
      await copyFile(empty, file);
    };
    const sqlite3 = find("sqlite3");
    const imported = site.file("imported.db");
    const outcome = await contest(rounds(9), {
      hermes: {
        before: () => afresh(database),
        program: () => site.hermes("numbers", "add-range", ...rangeOf(count), "--json"),
      },
      sqlite3:
        sqlite3 === undefined
          ? undefined
          : {
              before: () => afresh(imported),
              program: () => ({ argv: [sqlite3, imported, `.import ${numbers} numbers`] }),
            },
    });
    await site.remove();
    return [
      timeRow({
        work: `numbers add-range, ${count.toLocaleString("en")} fresh, SQLite`,
        hermes: outcome.hermes,
        peer: "sqlite3 .import",
        other: outcome.sqlite3,
        most: 1.3,
      }),
    ];
  },
};
