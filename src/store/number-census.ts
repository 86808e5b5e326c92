import { isDue, type KnownState, type NumberEntry } from "../model/number-state";
import { merged, type Source } from "./bulk/merged";
import type { NumberUse } from "./number-use";
import type { HeldNumbers } from "./provisioning/held-numbers";
import type { Numbers } from "./provisioning/numbers";

interface Options {
  readonly search?: string | undefined;
  /** These alone; left out, all. */
  readonly state?: KnownState | undefined;
  /** So many are as good as certain to be enough. */
  readonly first?: number | undefined;
}

/** Every number that there is anything to say of, whichever table it stands in. */
export class NumberCensus {
  constructor(
    private readonly numbers: Numbers,
    private readonly held: HeldNumbers,
    private readonly use: NumberUse,
  ) {}

  /** Numbers and what they are, in order, a batch at a time. */
  async *entries({ search, state, first }: Options = {}): AsyncGenerator<NumberEntry[]> {
    // A number that somebody has is not free, whatever else stands of it.
    const sources = [
      ...this.assigned(search),
      ...(state === "assigned" ? [] : [this.kept(search)]),
      ...(state === undefined || state === "free" ? [this.pool(search)] : []),
    ];
    for await (const batch of merged(sources, first)) {
      const wanted = state === undefined ? batch : batch.filter((entry) => entry.state === state);
      if (wanted.length > 0) yield wanted;
    }
  }

  private assigned(search: string | undefined): Source<NumberEntry>[] {
    return [this.use.aliases, this.use.accounts].map((page) => async (after, most) => {
      const numbers = await page.call(this.use, after, most, search);
      return numbers.map((number) => entry(number, "assigned"));
    });
  }

  private kept(search: string | undefined): Source<NumberEntry> {
    return async (after, most) => {
      const rows = await this.held.page(after, most, search);
      return rows.map(({ number, state, until, note, now }) =>
        isDue({ until }, now) ? entry(number, "free") : { number, state, until, note },
      );
    };
  }

  private pool(search: string | undefined): Source<NumberEntry> {
    return async (after, most) => {
      const entries: NumberEntry[] = [];
      for await (const some of this.numbers.page({ after, most, search })) {
        for (const number of some) entries.push(entry(number, "free"));
      }
      return entries;
    };
  }
}

const entry = (number: string, state: KnownState): NumberEntry => ({
  number,
  state,
  until: null,
  note: null,
});
