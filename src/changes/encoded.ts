import { isRecord } from "../model/record";
import type { Change, What } from "./change";

/** Changes of one kind that speak of the same fields: names once, then values in their order. */
interface Group {
  readonly what: What;
  /** Names of the key's parts; null for one of a single text. */
  readonly key: readonly string[] | null;
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
  readonly rows: unknown[][];
}

/**
 * Changes as JSON in few words. What they come to is kept, each place standing in them once; their
 * order is not.
 */
export function encoded(changes: readonly Change[]): string {
  const groups = new Map<string, Group>();
  for (const { what, key, before, after } of changes) {
    const names = [fieldsOf(key), fieldsOf(before), fieldsOf(after)] as const;
    const form = JSON.stringify([what, ...names]);
    const group = groups.get(form) ?? newGroup(what, ...names);
    groups.set(form, group);
    group.rows.push([...valuesOf(key), ...valuesOf(before), ...valuesOf(after)]);
  }
  return JSON.stringify([...groups.values()]);
}

/** The Changes that were encoded. */
export function decoded(text: string): Change[] {
  const groups = JSON.parse(text) as Group[];
  return groups.flatMap(({ what, key, before, after, rows }) =>
    rows.map((row) => {
      const values = [...row];
      const take = (names: readonly string[] | null) =>
        names && Object.fromEntries(names.map((name) => [name, values.shift()]));
      const whole = key === null ? values.shift() : take(key);
      return { what, key: whole, before: take(before), after: take(after) } as Change;
    }),
  );
}

const newGroup = (
  what: What,
  key: Group["key"],
  before: Group["before"],
  after: Group["after"],
): Group => ({ what, key, before, after, rows: [] });

const fieldsOf = (side: unknown) => (isRecord(side) ? Object.keys(side) : null);

function valuesOf(side: unknown): unknown[] {
  if (side === null) return [];
  return isRecord(side) ? Object.values(side) : [side];
}
