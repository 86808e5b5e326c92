import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";
import { matches } from "./number-conditions";

/**
 * Numbers that one statement reads: whoever leaves off in the middle waits for no more than these.
 * The first page is short, so that the first numbers are there soon.
 */
const PAGE = { mysql: 100_000, sqlite: 10_000 };
const FIRST = 10_000;

/** The pool's next numbers behind one, in order. */
export async function numberPage(
  schema: Schema,
  table: string,
  after: string,
  most: number,
  search: string | undefined,
): Promise<string[]> {
  const filter = search === undefined ? "" : `AND ${matches(schema)}`;
  const pattern = search === undefined ? [] : [likePattern(search)];
  const sql = `SELECT number FROM ${table} WHERE number > ? ${filter} ORDER BY number LIMIT ${most}`;
  const page: string[][] = [];
  for await (const numbers of schema.texts(sql, [after, ...pattern])) page.push(numbers);
  return page.length === 1 ? (page[0] ?? []) : page.flat();
}

/** The pool in order; `first` numbers are as good as certain to be enough. */
export async function* numberPages(
  schema: Schema,
  table: string,
  search: string | undefined,
  first: number,
): AsyncGenerator<string[]> {
  let last = "";
  for (let size = Math.min(first, FIRST); ; size = Math.min(10 * size, PAGE[schema.kind])) {
    const page = await numberPage(schema, table, last, size, search);
    last = page.at(-1) ?? last;
    if (page.length > 0) yield page;
    if (page.length < size) return;
  }
}
