import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";

/** Numbers that match a LIKE pattern. The pattern is converted, not the column: that has an index. */
export const matches = ({ kind }: Schema) =>
  `number LIKE ${kind === "mysql" ? "CONVERT(? USING ascii)" : "?"} ESCAPE '|'`;

/** More numbers than this are not picked one by one. */
const MOST_PICKS = 1_000;

/** Rounds of picking before the rest is taken in order. */
const ROUNDS = 3;

interface Branch {
  readonly min: string;
  readonly max: string;
}

/** At most `limit` numbers of the pool in no order; of all that match where there is a search. */
export async function randomNumbers(
  schema: Schema,
  table: string,
  search: string | undefined,
  limit = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  if (limit > MOST_PICKS) return shuffled(schema, table, search, limit);
  const picker = new Picker(schema, table, search);
  const picked = new Set<string>();
  for (let round = 0; round < ROUNDS && picked.size < limit; round++) {
    // Picks of a round go down the index side by side, and share its round trips.
    const some = Array.from({ length: limit - picked.size }, () => picker.pick());
    const found = (await Promise.all(some)).filter((number) => number !== undefined);
    if (found.length === 0) break;
    for (const number of found) picked.add(number);
  }
  if (picked.size > 0 && picked.size < limit) {
    // Few are left: whoever wants as many as there are gets them.
    for (const number of await shuffled(schema, table, search, limit)) {
      if (picked.size < limit) picked.add(number);
    }
  }
  return [...picked];
}

async function shuffled(
  schema: Schema,
  table: string,
  search: string | undefined,
  limit: number,
): Promise<string[]> {
  const where = search === undefined ? "" : `WHERE ${matches(schema)}`;
  const most = Number.isFinite(limit) ? `LIMIT ${limit}` : "";
  const random = schema.kind === "mysql" ? "RAND()" : "RANDOM()";
  const rows = await schema.rows<{ number: string }>(
    `SELECT number FROM ${table} ${where} ORDER BY ${random} ${most}`,
    search === undefined ? [] : [likePattern(search)],
  );
  return rows.map(({ number }) => number);
}

/**
 * Picks a number by walking down the index: at every fork of the digits one of the branches that
 * exist. Within a range it is as good as even, and it costs the same however large the pool is.
 */
class Picker {
  /** What every match starts with. */
  private readonly prefix: string;
  /** What else a match must be, where the prefix does not say it all. */
  private readonly pattern: string | undefined;

  constructor(
    private readonly schema: Schema,
    private readonly table: string,
    search: string | undefined,
  ) {
    const { prefix, rest } = parted(search ?? "*");
    this.prefix = prefix;
    this.pattern = rest ? likePattern(search ?? "*") : undefined;
  }

  async pick(): Promise<string | undefined> {
    let branch = await this.ends(this.prefix);
    while (branch !== undefined && branch.min !== branch.max) {
      branch = await this.randomBranch(branch);
    }
    return branch === undefined || this.pattern === undefined
      ? branch?.min
      : this.matchFrom(branch.min);
  }

  private async randomBranch({ min, max }: Branch): Promise<Branch | undefined> {
    const stem = commonStart(min, max);
    const [lowest, highest] = [Number(min[stem.length] ?? 0), Number(max[stem.length])];
    const ways = Array.from({ length: highest - lowest + 1 }, (_, step) => `${lowest + step}`);
    const branches = await Promise.all(ways.map((way) => this.ends(stem + way)));
    const there = branches.filter((branch) => branch !== undefined);
    // The number may end at the fork, where longer ones go on.
    if (min === stem) there.push({ min: stem, max: stem });
    return there[Math.floor(Math.random() * there.length)];
  }

  /** The first and the last number that start with `stem`. */
  private async ends(stem: string): Promise<Branch | undefined> {
    // `:` sorts right behind the digits.
    const row = await this.schema.row<{ min: string | null; max: string | null }>(
      `SELECT MIN(number) AS min, MAX(number) AS max FROM ${this.table}
       WHERE number >= ? AND number < ?`,
      [stem, `${stem}:`],
    );
    return row?.min && row.max ? { min: row.min, max: row.max } : undefined;
  }

  /** The next match from a number on, around the end where need be. */
  private async matchFrom(pivot: string): Promise<string | undefined> {
    const next = (side: string) =>
      this.schema.row<{ number: string }>(
        `SELECT number FROM ${this.table} WHERE number ${side} ? AND number >= ? AND number < ?
         AND ${matches(this.schema)} ORDER BY number LIMIT 1`,
        [pivot, this.prefix, `${this.prefix}:`, this.pattern],
      );
    return ((await next(">=")) ?? (await next("<")))?.number;
  }
}

/** A search as what a match starts with, and whether that leaves anything to be compared. */
function parted(search: string): { prefix: string; rest: boolean } {
  const glob = /[*?]/.test(search);
  // Only a number's start has a plus.
  if (!glob)
    return search.startsWith("+") ? { prefix: search, rest: false } : { prefix: "", rest: true };
  const prefix = search.slice(0, search.search(/[*?]/));
  return { prefix, rest: search !== `${prefix}*` };
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
