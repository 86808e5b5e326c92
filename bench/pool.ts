import { writeFile } from "node:fs/promises";
import { DOMAIN, type MariadbSite } from "./site";

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

/** Gives so many numbers to somebody, past Hermes: every other one of them in the range of `count`, the rest behind it. */
export async function fillAliases(
  site: MariadbSite,
  count: number,
  aliases: number,
): Promise<void> {
  const step = Math.max(1, Math.floor((2 * count) / aliases));
  const last = FIRST + step * (aliases - 1);
  await site.sql(
    `INSERT INTO {kamailio}.dbaliases (alias_username, alias_domain, username, domain)
     SELECT CONCAT('+', seq), '${DOMAIN}', CONCAT('u', seq), '${DOMAIN}'
     FROM {hermes}.seq_${FIRST}_to_${last}_step_${step}`,
  );
  await site.sql("ANALYZE TABLE {kamailio}.dbaliases");
}

/** Writes the same numbers as a file, one a line. */
export async function writeNumbers(file: string, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) => `+${FIRST + index}\n`);
  await writeFile(file, lines.join(""));
}
