import { Rows } from "../model/rows";
import type { NumberUse } from "./number-use";
import type { HeldNumbers, HeldRow } from "./provisioning/held-numbers";
import type { Numbers } from "./provisioning/numbers";

/** Up to so many numbers are picked out of the pool one by one; more are shuffled. */
const MOST_PICKS = 1_000;

/** So many are read first, so that the first ones are there soon. */
const FIRST = 10_000;

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
    const back = new Queue(await this.due(search, Math.min(limit, Number.MAX_SAFE_INTEGER)));
    let after = "";
    let most = Math.min(limit, FIRST);
    let used = await this.use.behind(after, most, search);
    for (;;) {
      const { to, numbers } = used;
      let read = 0;
      for await (const some of this.numbers.page({ after, to, most, search })) {
        read += some.length;
        after = some.at(-1) ?? after;
        const free = numbers.size === 0 ? some : some.filter((number) => !numbers.has(number));
        const all = back.joining(free, after);
        if (all.length > 0) yield all;
      }
      const grown = Math.min(10 * most, this.numbers.pageSize);
      if (read < most) {
        if (to === undefined) break;
        after = to;
        used = await this.use.behind(after, Math.min(grown, FIRST), search);
      }
      most = grown;
    }
    const last = back.joining([], undefined);
    if (last.length > 0) yield last;
  }
}

/** Numbers in order, which join others that come in order. */
class Queue {
  private at = 0;

  constructor(private readonly rows: readonly HeldRow[]) {}

  /** The numbers, and with them those of the queue up to `to`. */
  joining(numbers: string[], to: string | undefined): string[] {
    const from = this.at;
    while (this.at < this.rows.length && (to === undefined || this.next <= to)) this.at++;
    if (from === this.at) return numbers;
    return [...numbers, ...this.rows.slice(from, this.at).map(({ number }) => number)].sort();
  }

  private get next(): string {
    return this.rows[this.at]?.number ?? "";
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
