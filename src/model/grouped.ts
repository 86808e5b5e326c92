export interface Grouping<T, G> {
  /** A new group, of this one alone. */
  open(item: T): G;
  /** Puts it into the group, where it belongs there; answers whether it does. */
  takes(group: G, item: T): boolean;
}

/** Neighbours as groups; they come a batch at a time, and none is held but the last group. */
export async function* grouped<T, G>(
  batches: AsyncIterable<readonly T[]>,
  { open, takes }: Grouping<T, G>,
): AsyncGenerator<G[]> {
  let group: G | undefined;
  for await (const batch of batches) {
    const closed: G[] = [];
    for (const item of batch) {
      if (group !== undefined && takes(group, item)) continue;
      if (group !== undefined) closed.push(group);
      group = open(item);
    }
    if (closed.length > 0) yield closed;
  }
  if (group !== undefined) yield [group];
}
