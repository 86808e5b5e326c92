/** Things in the order of their numbers, a page at a time: what comes behind a number, `most` at most. */
export type Source<T> = (after: string, most: number) => Promise<T[]>;

interface Numbered {
  readonly number: string;
}

/** How much of a source is read at once. */
const PAGE = 20_000;

/** A source, and what of it is read and not yet handed on. */
class Cursor<T extends Numbered> {
  private page: T[] = [];
  private last = "";
  private over = false;

  constructor(
    private readonly source: Source<T>,
    private readonly most: number,
  ) {}

  async fill(): Promise<void> {
    if (this.page.length > 0 || this.over) return;
    this.page = await this.source(this.last, this.most);
    this.over = this.page.length < this.most;
    this.last = this.page.at(-1)?.number ?? this.last;
  }

  /** Up to where everything is known; undefined where nothing comes behind it. */
  get known(): string | undefined {
    return this.over ? undefined : this.last;
  }

  get isDone(): boolean {
    return this.over && this.page.length === 0;
  }

  takeTo(end: string | undefined): T[] {
    const all = this.page;
    const at = end === undefined ? -1 : all.findIndex(({ number }) => number > end);
    if (at === -1) {
      this.page = [];
      return all;
    }
    this.page = all.slice(at);
    return all.slice(0, at);
  }
}

/**
 * Several sources as one, in order, each read no further than it has to be. Of a number that is in
 * several, what the first of them says.
 */
export async function* merged<T extends Numbered>(
  sources: readonly Source<T>[],
  first = PAGE,
): AsyncGenerator<T[]> {
  const cursors = sources.map((source) => new Cursor(source, Math.max(1, Math.min(first, PAGE))));
  for (;;) {
    await Promise.all(cursors.map((cursor) => cursor.fill()));
    if (cursors.every(({ isDone }) => isDone)) return;
    const ends = cursors.flatMap(({ known }) => known ?? []);
    const end = ends.length === 0 ? undefined : ends.reduce((a, b) => (a < b ? a : b));
    const parts = cursors.map((cursor) => cursor.takeTo(end)).filter(({ length }) => length > 0);
    if (parts.length > 0) yield inOrder(parts);
  }
}

function inOrder<T extends Numbered>(parts: readonly T[][]): T[] {
  const [only = [], ...others] = parts;
  if (others.length === 0) return only;
  // Stable, so that of equal numbers the first source's comes first.
  const all = parts.flat().sort((a, b) => (a.number < b.number ? -1 : Number(a.number > b.number)));
  return all.filter(({ number }, at) => number !== all[at - 1]?.number);
}
