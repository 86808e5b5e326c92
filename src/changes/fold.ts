import type { AddressKeys } from "../model/address-keys";
import { type Change, difference, same, type What } from "./change";
import { placeOf } from "./places";

/** What Changes come to, one after another at the same place: one for each, if any. */
export function folded(changes: readonly Change[], keys: AddressKeys): Change[] {
  const net = new Map<string, Change[]>();
  for (const change of changes) {
    const place = `${change.what} ${placeOf(change.what, change.key as never, keys)}`;
    const before = net.get(place) ?? [];
    const last = before.at(-1);
    const both = last === undefined ? [change] : combined(last, change);
    net.set(place, [...before.slice(0, -1), ...both]);
  }
  return [...net.values()].flat();
}

/** Two Changes of one place as few as can be: none where the second takes the first back. */
function combined(first: Change, second: Change): Change[] {
  const { what, key } = first;
  const replaced = first.after === null && second.before === null;
  // Spelled otherwise it is another row.
  if (replaced && !same(key, second.key)) return [first, second];
  const before = merged(second.before, first.before);
  const after = merged(first.after, second.after);
  if (before === null && after === null) return [];
  if (before === null || after === null) return [{ what, key, before, after } as Change];
  // It is there before and after, in part or whole: what differs in the end is left.
  const differing = difference(before, after);
  return differing === undefined ? [] : [{ what, key, ...differing } as Change];
}

/** The fields of `over` on those of `under`; where nothing is over, nothing is left. */
function merged(under: object | null, over: object | null): object | null {
  return over === null ? null : { ...under, ...over };
}

/** The Changes of one kind. */
export function ofKind<W extends What>(changes: readonly Change[], what: W): Change<W>[] {
  return changes.filter((change) => change.what === what) as Change[] as Change<W>[];
}
