import { isRecord } from "../model/record";
import type { Change, What } from "./change";

/** Names of fields; null where there are none to name. */
type Names = readonly string[] | null;

/** Changes of one kind that speak of the same fields: names once, then values in their order. */
interface Group {
  readonly what: What;
  /** Names of the key's parts; null for one of a single text. */
  readonly key: Names;
  readonly before: Names;
  readonly after: Names;
  readonly rows: unknown[][];
}

/**
 * Changes as JSON in few words. What they come to is kept, each place standing in them once; their
 * order is not.
 */
export function encoded(changes: readonly Change[]): string {
  const groups = new Map<string, Group>();
  const last: { [W in What]?: Group } = {};
  for (const { what, key, before, after } of changes) {
    const names = [fieldsOf(key), fieldsOf(before), fieldsOf(after)] as const;
    let group = last[what];
    // Most are like the last one of their kind: to see that is quicker than to write its form.
    if (group === undefined || !isOf(group, names)) {
      const form = JSON.stringify([what, ...names]);
      group = groups.get(form) ?? newGroup(what, ...names);
      groups.set(form, group);
      last[what] = group;
    }
    group.rows.push([...valuesOf(key), ...valuesOf(before), ...valuesOf(after)]);
  }
  return JSON.stringify([...groups.values()]);
}

const isOf = ({ key, before, after }: Group, names: readonly [Names, Names, Names]): boolean =>
  sameNames(key, names[0]) && sameNames(before, names[1]) && sameNames(after, names[2]);

function sameNames(some: Names, others: Names): boolean {
  if (some === null || others === null) return some === others;
  return some.length === others.length && some.every((name, index) => name === others[index]);
}

/** The Changes that were encoded. */
export function decoded(text: string): Change[] {
  const groups = JSON.parse(text) as Group[];
  return groups.flatMap(({ what, key, before, after, rows }) =>
    rows.map((row) => {
      const values = [...row];
      const take = (names: Names) =>
        names && Object.fromEntries(names.map((name) => [name, values.shift()]));
      const whole = key === null ? values.shift() : take(key);
      return { what, key: whole, before: take(before), after: take(after) } as Change;
    }),
  );
}

const newGroup = (what: What, key: Names, before: Names, after: Names): Group => ({
  what,
  key,
  before,
  after,
  rows: [],
});

const fieldsOf = (side: unknown): Names => (isRecord(side) ? Object.keys(side) : null);

function valuesOf(side: unknown): unknown[] {
  if (side === null) return [];
  return isRecord(side) ? Object.values(side) : [side];
}
