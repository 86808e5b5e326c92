import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";
import { matches } from "./random-numbers";

/**
 * Numbers that one statement reads: whoever leaves off in the middle waits for no more than these,
 * and SQLite hands all of them over at once.
 */
const PAGE = { mysql: 100_000, sqlite: 10_000 };

/** The pool in order, at most `limit` numbers of it, as they come. */
export async function* numberPages(
  schema: Schema,
  table: string,
  search: string | undefined,
  limit: number,
): AsyncGenerator<string[]> {
  const filter = search === undefined ? "" : `AND ${matches(schema)}`;
  const pattern = search === undefined ? [] : [likePattern(search)];
  let last = "";
  for (let left = limit; left > 0; ) {
    const size = Math.min(PAGE[schema.kind], left);
    let read = 0;
    const sql = `SELECT number FROM ${table} WHERE number > ? ${filter} ORDER BY number LIMIT ${size}`;
    for await (const numbers of schema.texts(sql, [last, ...pattern])) {
      read += numbers.length;
      last = numbers.at(-1) ?? last;
      yield numbers;
    }
    if (read < size) return;
    left -= read;
  }
}
