import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";

/** Numbers that match a LIKE pattern. The pattern is converted, not the column: that has an index. */
export const matches = ({ kind }: Schema) =>
  `number LIKE ${kind === "mysql" ? "CONVERT(? USING ascii)" : "?"} ESCAPE '|'`;

/** A pool up to this size is shuffled by the server; a larger one is never sorted. */
const SMALL_POOL = 10_000;

/** More numbers than this are not picked one by one. */
const MOST_PICKS = 1_000;

/** At most `limit` numbers of the pool in random order; of all that match where there is a search. */
export async function randomNumbers(
  schema: Schema,
  table: string,
  search: string | undefined,
  limit: number | undefined,
): Promise<string[]> {
  if (search === undefined && limit !== undefined && limit <= MOST_PICKS) {
    const picked = await pickFromLargePool(schema, table, limit);
    if (picked !== undefined) return picked;
  }
  const where = search === undefined ? "" : `WHERE ${matches(schema)}`;
  const most = limit === undefined ? "" : `LIMIT ${limit}`;
  const random = schema.kind === "mysql" ? "RAND()" : "RANDOM()";
  const rows = await schema.rows<{ number: string }>(
    `SELECT number FROM ?? ${where} ORDER BY ${random} ${most}`,
    search === undefined ? [table] : [table, likePattern(search)],
  );
  return rows.map(({ number }) => number);
}

async function pickFromLargePool(schema: Schema, table: string, limit: number) {
  const [row] = await schema.rows<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (SELECT 1 FROM ?? LIMIT ${SMALL_POOL + 1}) AS some`,
    [table],
  );
  if (Number(row?.n) <= SMALL_POOL) return undefined;
  const picked = new Set<string>();
  while (picked.size < limit) picked.add(await pick(schema, table));
  return [...picked];
}

/**
 * One number, found by walking down the index: at every fork of the digits one of the branches
 * that exist. Within a range it is as good as even, and it costs the same however large the pool is.
 */
async function pick(schema: Schema, table: string): Promise<string> {
  let branch = await ends(schema, table, "");
  while (branch !== undefined && branch.min !== branch.max) {
    const stem = commonStart(branch.min, branch.max);
    branch = await randomBranch(schema, table, stem, branch);
  }
  return branch?.min ?? "";
}

interface Branch {
  readonly min: string;
  readonly max: string;
}

async function randomBranch(schema: Schema, table: string, stem: string, within: Branch) {
  const lowest = Number(within.min[stem.length] ?? 0);
  const highest = Number(within.max[stem.length]);
  const ways = Array.from({ length: highest - lowest + 1 }, (_, index) => `${lowest + index}`);
  // The number may end at the fork, where longer ones go on.
  if (within.min === stem) ways.push("");
  while (ways.length > 0) {
    const [way] = ways.splice(Math.floor(Math.random() * ways.length), 1);
    if (way === "") return { min: stem, max: stem };
    const branch = await ends(schema, table, `${stem}${way}`);
    if (branch !== undefined) return branch;
  }
  return undefined;
}

/** The first and the last number that start with `stem`. */
async function ends(schema: Schema, table: string, stem: string): Promise<Branch | undefined> {
  // `:` sorts right behind the digits.
  const [row] = await schema.rows<{ min: string | null; max: string | null }>(
    "SELECT MIN(number) AS min, MAX(number) AS max FROM ?? WHERE number >= ? AND number < ?",
    [table, stem, `${stem}:`],
  );
  return row?.min && row.max ? { min: row.min, max: row.max } : undefined;
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
