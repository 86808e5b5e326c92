import { type Grouping, grouped } from "./grouped";
import { follows, runOf } from "./number-range";
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

/** A number more of its state. */
function count<G extends Usage>(group: G, { state }: NumberEntry): G {
  group.total++;
  group[state]++;
  return group;
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
  const prefixOf = ({ number }: NumberEntry) => number.slice(0, digits + 1);
  return counted<PrefixUsage>(entries, {
    open: (entry) => ({ prefix: prefixOf(entry), ...unused() }),
    takes: ({ prefix }, entry) => prefixOf(entry) === prefix,
  });
}

/** Numbers, in order, counted by runs of successive ones of one length. */
export function byRange(
  entries: AsyncIterable<readonly NumberEntry[]>,
): AsyncGenerator<RangeUsage[]> {
  return counted<RangeUsage>(entries, {
    open: ({ number }) => ({ ...runOf(number), ...unused() }),
    takes: (range, { number }) => {
      if (!follows(range.end, number)) return false;
      range.end = number;
      return true;
    },
  });
}

const counted = <G extends Usage>(
  entries: AsyncIterable<readonly NumberEntry[]>,
  { open, takes }: Grouping<NumberEntry, G>,
) =>
  grouped<NumberEntry, G>(entries, {
    open: (entry) => count(open(entry), entry),
    takes: (group, entry) => takes(group, entry) && count(group, entry) !== undefined,
  });
