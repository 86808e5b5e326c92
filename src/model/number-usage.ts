import { follows } from "./number-range";
import type { NumberEntry } from "./number-state";

/** How many numbers are in which state. */
export interface Usage {
  total: number;
  free: number;
  assigned: number;
  reserved: number;
  quarantined: number;
}

export interface PrefixUsage extends Usage {
  readonly prefix: string;
}

export interface RangeUsage extends Usage {
  readonly start: string;
  end: string;
}

const unused = (): Usage => ({ total: 0, free: 0, assigned: 0, reserved: 0, quarantined: 0 });

/**
 * Numbers, in order, counted by what they begin with: a plus and so many digits. One that is
 * shorter stands by itself.
 */
export function byPrefix(
  entries: AsyncIterable<readonly NumberEntry[]>,
  digits: number,
): AsyncGenerator<PrefixUsage[]> {
  const prefixOf = (number: string) => number.slice(0, digits + 1);
  return grouped<PrefixUsage>(entries, {
    open: ({ number }) => ({ prefix: prefixOf(number), ...unused() }),
    takes: ({ prefix }, number) => prefixOf(number) === prefix,
  });
}

/** Numbers, in order, counted by runs of successive ones of one length. */
export function byRange(
  entries: AsyncIterable<readonly NumberEntry[]>,
): AsyncGenerator<RangeUsage[]> {
  return grouped<RangeUsage>(entries, {
    open: ({ number }) => ({ start: number, end: number, ...unused() }),
    takes: (range, number) => {
      if (!follows(range.end, number)) return false;
      range.end = number;
      return true;
    },
  });
}

interface Grouping<G extends Usage> {
  open(entry: NumberEntry): G;
  /** Whether the number goes into the group, which then has it. */
  takes(group: G, number: string): boolean;
}

async function* grouped<G extends Usage>(
  entries: AsyncIterable<readonly NumberEntry[]>,
  { open, takes }: Grouping<G>,
): AsyncGenerator<G[]> {
  let group: G | undefined;
  for await (const batch of entries) {
    const closed: G[] = [];
    for (const entry of batch) {
      if (group === undefined || !takes(group, entry.number)) {
        if (group !== undefined) closed.push(group);
        group = open(entry);
      }
      group.total++;
      group[entry.state]++;
    }
    if (closed.length > 0) yield closed;
  }
  if (group !== undefined) yield [group];
}
