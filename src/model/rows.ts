/** How many rows a batch holds: enough to be cheap to hand on, few enough to be light. */
export const BATCH = 1000;

/**
 * A list of any length, read as it is asked for: batches of rows, once.
 * A node answers with it where the whole list may not fit in memory; it lives as long as the
 * transaction that it is read in.
 */
export class Rows<T> implements AsyncIterable<T[]> {
  constructor(private readonly batches: AsyncIterable<T[]>) {}

  /** Rows that come one at a time, gathered into batches. */
  static of<S, T>(source: AsyncIterable<S>, shape: (row: S) => T): Rows<T> {
    return new Rows(inBatches(source, shape));
  }

  [Symbol.asyncIterator](): AsyncIterator<T[]> {
    return this.batches[Symbol.asyncIterator]();
  }

  async toArray(): Promise<T[]> {
    const all: T[] = [];
    for await (const batch of this.batches) for (const row of batch) all.push(row);
    return all;
  }

  /** The rows as `change` makes them. */
  map<S>(change: (row: T) => S): Rows<S> {
    return new Rows(eachBatch(this.batches, (batch) => batch.map(change)));
  }

  /** Those rows that `keep` says yes to. */
  filter(keep: (row: T) => boolean): Rows<T> {
    return new Rows(eachBatch(this.batches, (batch) => batch.filter(keep)));
  }

  /** The first rows, `most` at most; what is behind them is not read. */
  take(most: number): Rows<T> {
    return new Rows(firstOf(this.batches, most));
  }

  /** The same rows, or undefined where there are none. */
  async orNothing(): Promise<Rows<T> | undefined> {
    const iterator = this.batches[Symbol.asyncIterator]();
    const first = await iterator.next();
    if (first.done === true) return undefined;
    return new Rows(withFirst(first.value, iterator));
  }
}

async function* eachBatch<S, T>(batches: AsyncIterable<S[]>, change: (batch: S[]) => T[]) {
  for await (const batch of batches) {
    const changed = change(batch);
    if (changed.length > 0) yield changed;
  }
}

async function* firstOf<T>(batches: AsyncIterable<T[]>, most: number) {
  let left = most;
  if (left <= 0) return;
  for await (const batch of batches) {
    yield left < batch.length ? batch.slice(0, left) : batch;
    left -= batch.length;
    if (left <= 0) return;
  }
}

async function* inBatches<S, T>(source: AsyncIterable<S>, shape: (row: S) => T) {
  let batch: T[] = [];
  for await (const row of source) {
    batch.push(shape(row));
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function* withFirst<T>(first: T[], rest: AsyncIterator<T[]>) {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}
