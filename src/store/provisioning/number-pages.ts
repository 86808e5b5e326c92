import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";
import { matches } from "./number-conditions";

/** Which numbers are read: the first so many behind one, up to another. */
export interface PageOf {
  readonly after: string;
  /** Left out, to the end. */
  readonly to?: string | undefined;
  readonly most: number;
  readonly search?: string | undefined;
}

/** Numbers of the pool in order, as they come. */
export function numberPage(
  schema: Schema,
  table: string,
  { after, to, most, search }: PageOf,
): AsyncGenerator<string[]> {
  const conditions = [
    "number > ?",
    ...(to === undefined ? [] : ["number <= ?"]),
    ...(search === undefined ? [] : [matches(schema)]),
  ];
  return schema.texts(
    `SELECT number FROM ${table} WHERE ${conditions.join(" AND ")} ORDER BY number LIMIT ${most}`,
    [
      after,
      ...(to === undefined ? [] : [to]),
      ...(search === undefined ? [] : [likePattern(search)]),
    ],
  );
}
