import { writeFile } from "node:fs/promises";
import type { MariadbSite } from "./site";

const FIRST = 493_000_000_000;

/** The first and the last of a range of `count` numbers. */
export const rangeOf = (count: number): [string, string] => [`+${FIRST}`, `+${FIRST + count - 1}`];

/** Makes a pool of `count` numbers, past Hermes. */
export async function fillPool(site: MariadbSite, count: number): Promise<void> {
  await site.sql(
    `INSERT INTO {hermes}.numbers SELECT CONCAT('+', seq) FROM {hermes}.seq_${FIRST}_to_${FIRST + count - 1}`,
  );
  await site.sql("ANALYZE TABLE {hermes}.numbers");
}

/** Writes the same numbers as a file, one a line. */
export async function writeNumbers(file: string, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) => `+${FIRST + index}\n`);
  await writeFile(file, lines.join(""));
}
