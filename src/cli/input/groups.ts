/** How long what has come waits for more to share its transaction with, in milliseconds. */
const LINGER = 5;

/** Groups of at most `size`, as they come: a source that pauses gets what it has given so far. */
export async function* inGroups<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  const iterator = source[Symbol.asyncIterator]();
  let pending = iterator.next();
  try {
    for (;;) {
      const group: T[] = [];
      let next: IteratorResult<T> | undefined = await pending;
      while (next !== undefined && next.done !== true) {
        group.push(next.value);
        pending = iterator.next();
        if (group.length >= size) break;
        // Only a group without end (an atomic one) waits for the source's own end.
        next = await (size === Number.POSITIVE_INFINITY ? pending : soon(pending));
      }
      if (group.length > 0) yield group;
      if (next?.done === true) return;
    }
  } finally {
    // Who has left does not hear what becomes of the rest.
    pending.catch(() => {});
  }
}

/** What a promise comes to, or undefined where that takes long. */
async function soon<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, LINGER, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
