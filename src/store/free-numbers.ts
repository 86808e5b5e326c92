import { Rows } from "../model/rows";
import type { NumberUse } from "./number-use";
import type { HeldNumbers, HeldRow } from "./provisioning/held-numbers";
import type { Numbers } from "./provisioning/numbers";

/** Up to so many numbers are picked out of the pool one by one; more are shuffled. */
const MOST_PICKS = 1_000;

/** How often numbers are drawn where other tools have given out all that were. */
const DRAWS = 5;

/** Numbers that nobody has, drawn at random. */
export interface Drawn {
  readonly pool: readonly string[];
  /** Where the pool has too few: such whose time out of it is over. */
  readonly due: readonly HeldRow[];
  /** How many were drawn that somebody has all the same. */
  readonly passedOver: number;
}

/** Numbers that can be given out: in the pool or due back, and nobody's. */
export class FreeNumbers {
  constructor(
    private readonly numbers: Numbers,
    private readonly held: HeldNumbers,
    private readonly use: NumberUse,
  ) {}

  /** All of them in order. */
  list(search?: string, limit = Number.POSITIVE_INFINITY): Rows<string> {
    return new Rows(this.pages(search, limit));
  }

  /** At most `limit` of them in no order. */
  async random(search?: string, limit = Number.POSITIVE_INFINITY): Promise<string[]> {
    if (limit > MOST_PICKS) return shuffled(await this.list(search).toArray()).slice(0, limit);
    const { pool, due } = await this.draw(search, limit);
    return [...pool, ...due.map(({ number }) => number)];
  }

  /** So many of them, if there are. Those of the pool first: it is long since anybody had them. */
  async draw(search: string | undefined, count: number): Promise<Drawn> {
    const free = new Set<string>();
    let passedOver = 0;
    // Other tools may have given out numbers that are still in the pool.
    for (let round = 0; round < DRAWS && free.size < count; round++) {
      const drawn = await this.numbers.random(search, count);
      const used = await this.use.among(drawn);
      for (const number of drawn) if (!used.has(number)) free.add(number);
      passedOver = used.size;
      if (passedOver === 0) break;
    }
    const pool = [...free].slice(0, count);
    const due = pool.length < count ? await this.due(search, count - pool.length) : [];
    return { pool, due, passedOver };
  }

  /** Numbers whose time out of the pool is over and that nobody has. */
  async due(search: string | undefined, most: number): Promise<HeldRow[]> {
    const rows = await this.held.due(search, most);
    const used = await this.use.among(rows.map(({ number }) => number));
    return rows.filter(({ number }) => !used.has(number));
  }

  private async *pages(search: string | undefined, limit: number): AsyncGenerator<string[]> {
    const back = (await this.due(search, Math.min(limit, Number.MAX_SAFE_INTEGER))).map(
      ({ number }) => number,
    );
    let at = 0;
    for await (const page of this.numbers.pages(search, limit)) {
      const free = await this.unused(page);
      const from = at;
      while (at < back.length && (back[at] ?? "") < (page.at(-1) ?? "")) at++;
      const all = from === at ? free : [...free, ...back.slice(from, at)].sort();
      if (all.length > 0) yield all;
    }
    if (at < back.length) yield back.slice(at);
  }

  /** Those of a page of successive numbers that nobody has. */
  private async unused(page: string[]): Promise<string[]> {
    let left: Set<string> | undefined;
    for await (const used of this.use.between(page[0] ?? "", page.at(-1) ?? "")) {
      left ??= new Set(page);
      for (const number of used) left.delete(number);
    }
    return left === undefined ? page : [...left];
  }
}

/** In any order, each as likely as every other (Fisher and Yates). */
function shuffled<T>(items: T[]): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [items[last], items[other]] = [items[other] as T, items[last] as T];
  }
  return items;
}
