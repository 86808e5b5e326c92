import type { Schema } from "../../database/schema";

/** In SQL what `looksLikeE164` says of a column of user parts; the LIKE is for its index. */
export function isE164({ kind }: Schema, column: string): string {
  const form =
    kind === "mysql"
      ? `${column} REGEXP '^[+][1-9][0-9]{1,14}$'`
      : `${column} GLOB '+[1-9][0-9]*' AND ${column} NOT GLOB '+*[^0-9]*' AND LENGTH(${column}) <= 16`;
  return `${column} LIKE '+%' AND ${form}`;
}
