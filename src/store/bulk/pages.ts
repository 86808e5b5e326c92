import { setImmediate as respite } from "node:timers/promises";

/**
 * Rows by pages of a size. `next` reads the page behind a row, the first one behind none; one that
 * is not full is the last.
 */
export async function* pagesOf<Row>(
  size: number,
  next: (last: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  let last: Row | undefined;
  for (;;) {
    const page = await next(last);
    if (page.length > 0) yield page;
    if (page.length < size) return;
    last = page.at(-1);
  }
}

/** The same pages, each handed on while the next one is read. */
export async function* readAhead<Row>(pages: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  let next = pages.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = pages.next();
      // Whoever asks for that page hears of its failure.
      next.catch(() => {});
      // What it asks is sent before anybody is busy with this one.
      await respite();
      yield value;
    }
  } finally {
    // Who leaves off waits for what is under way, so that the connection can go on.
    await next.catch(() => {});
    await pages.return(undefined);
  }
}
