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
