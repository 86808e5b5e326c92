import type { Fields } from "../model/envelope";
import { Rows } from "../model/rows";
import { SECRET_FIELDS } from "../model/secret-fields";
import type { Authority } from "./authority";

/**
 * An answer as its caller may see it: without what is none of a lite operator's business, and to
 * limited_read with null in the place of every secret but those that this very call has made.
 */
export async function shown(
  authority: Authority,
  fields: Fields,
  fresh: readonly string[] = [],
): Promise<Fields> {
  const own = authority.filter === undefined ? fields : await authority.filter(fields);
  return withoutSecrets(authority, own, fresh);
}

/** The value, with null for every secret in it where the caller may not see those. */
export function withoutSecrets<T>(
  { access }: Authority,
  value: T,
  fresh: readonly string[] = [],
): T {
  return access === "limited_read" ? (masked(value, new Set(fresh)) as T) : value;
}

function masked(value: unknown, fresh: ReadonlySet<string>): unknown {
  if (value instanceof Rows) return value.map((row) => masked(row, fresh));
  if (Array.isArray(value)) return value.map((each) => masked(each, fresh));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_FIELDS.has(name) && !fresh.has(name) ? null : masked(inner, fresh),
    ]),
  );
}
