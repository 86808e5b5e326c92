import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";
import { matches } from "./number-conditions";

/** Rounds of picking before the rest is taken in order. */
const ROUNDS = 3;

interface Branch {
  readonly min: string;
  readonly max: string;
}

/** At most `count` numbers of the pool in no order; of those that match where there is a search. */
export async function randomNumbers(
  schema: Schema,
  table: string,
  search: string | undefined,
  count: number,
): Promise<string[]> {
  const picker = new Picker(schema, table, search);
  const picked = new Set<string>();
  for (let round = 0; round < ROUNDS && picked.size < count; round++) {
    // Picks of a round go down the index side by side, and share its round trips.
    const some = Array.from({ length: count - picked.size }, () => picker.pick());
    const found = (await Promise.all(some)).filter((number) => number !== undefined);
    if (found.length === 0) break;
    for (const number of found) picked.add(number);
  }
  const [first] = picked;
  if (first !== undefined && picked.size < count) {
    // Few are left: whoever wants as many as there are gets them.
    for (const number of await picker.around(first, picked.size + count)) {
      if (picked.size < count) picked.add(number);
    }
  }
  return [...picked];
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
    private readonly search = "*",
  ) {
    const { prefix, rest } = parted(search);
    this.prefix = prefix;
    this.pattern = rest ? likePattern(search) : undefined;
  }

  async pick(): Promise<string | undefined> {
    let branch = await this.ends(this.prefix);
    while (branch !== undefined && branch.min !== branch.max) {
      branch = await this.randomBranch(branch);
    }
    if (branch === undefined || this.pattern === undefined) return branch?.min;
    return (await this.likeOne(branch.min)) ?? (await this.around(branch.min, 1))[0];
  }

  /** So many matches from a number on, in order and around the end where need be. */
  async around(pivot: string, count: number): Promise<string[]> {
    const from = await this.matching("number >= ?", pivot, count);
    if (from.length >= count) return from;
    return [...from, ...(await this.matching("number < ?", pivot, count - from.length))];
  }

  /** The number that is like another but for what the search asks for, if the pool has it. */
  private async likeOne(number: string): Promise<string | undefined> {
    return (await this.matching("number = ?", molded(number, this.search), 1))[0];
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
    // `:` sorts right behind the digits. SQLite finds the two by its index one at a time only.
    const end = (of: "MIN" | "MAX") =>
      `(SELECT ${of}(number) FROM ${this.table} WHERE number >= ? AND number < ?)`;
    const row = await this.schema.row<{ min: string | null; max: string | null }>(
      `SELECT ${end("MIN")} AS min, ${end("MAX")} AS max`,
      [stem, `${stem}:`, stem, `${stem}:`],
    );
    return row?.min && row.max ? { min: row.min, max: row.max } : undefined;
  }

  private async matching(where: string, value: string, most: number): Promise<string[]> {
    const { pattern, prefix } = this;
    const filter = pattern === undefined ? "" : `AND ${matches(this.schema)}`;
    const rows = await this.schema.rows<{ number: string }>(
      `SELECT number FROM ${this.table} WHERE ${where} AND number >= ? AND number < ? ${filter}
       ORDER BY number LIMIT ${most}`,
      [value, prefix, `${prefix}:`, ...(pattern === undefined ? [] : [pattern])],
    );
    return rows.map(({ number }) => number);
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

/**
 * A number with the digits that a search names put where they belong: in a pool of ranges there is
 * hardly ever another way to one that few others are like. It need not match all the same.
 */
function molded(number: string, search: string): string {
  if (!/[*?]/.test(search)) {
    const place = 1 + Math.floor(Math.random() * Math.max(1, number.length - search.length));
    return overlaid(number, search, place);
  }
  const head = search.split("*", 1)[0] ?? "";
  const tail = search.includes("*") ? search.slice(search.lastIndexOf("*") + 1) : "";
  return overlaid(overlaid(number, head, 0), tail, number.length - tail.length);
}

/** A text with another one over it from a place on; `?` lets through what is below. */
function overlaid(below: string, above: string, place: number): string {
  const shown = [...above].map((character, at) =>
    character === "?" ? (below[place + at] ?? "") : character,
  );
  return below.slice(0, Math.max(0, place)) + shown.join("") + below.slice(place + above.length);
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
