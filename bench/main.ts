import { startMariadb } from "../test/support/mariadb.js";
import { machineFacts } from "./machine";
import { readOptions, USAGE } from "./options";
import type { Row } from "./row";
import { table } from "./table";
import type { Bench } from "./work";
import { works } from "./works";

/** Runs the benchmark and prints its table; answers the exit status: 1 where a bar is missed. */
export async function main(argv: readonly string[]): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(
      argv,
      works.map(({ name }) => name),
    );
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  const { only, quick, rounds } = options;
  const server = await startMariadb();
  try {
    const bench: Bench = {
      server,
      rounds: (usual) => rounds ?? (quick ? Math.min(usual, 2) : usual),
      rows: (count) => (quick ? Math.max(count / 10, 100) : count),
    };
    const rows: Row[] = [];
    for (const work of works) {
      if (only.length > 0 && !only.includes(work.name)) continue;
      console.error(`${work.name} …`);
      const measured = await work.measure(bench);
      rows.push(...measured);
      if (only.length !== 1) console.error(table(measured));
    }
    for (const fact of await machineFacts(server)) console.log(fact);
    console.log(`\n${table(rows)}`);
    return rows.some(({ met }) => met === false) ? 1 : 0;
  } finally {
    await server.stop();
  }
}
