import { type Answers, listField } from "../answers/answer";
import { declared, mapLeaves } from "../answers/leaves";
import type { Fields } from "../model/envelope";
import { Rows } from "../model/rows";
import type { Authority } from "./authority";

/** What an answer's declaration says of who may see what. */
interface Declared {
  readonly answers: Answers;
}

/**
 * An answer as its caller may see it: without what is none of a lite operator's business, no more
 * of a list than was asked for by `limit`, and without secrets for limited_read.
 */
export async function shown(
  authority: Authority,
  { answers }: Declared,
  fields: Fields,
  { limit }: { readonly limit?: unknown } = {},
): Promise<Fields> {
  const own = authority.filter === undefined ? fields : await authority.filter(fields);
  return withoutSecrets(authority, answers, limited(answers, own, limit));
}

/** The fields of the envelope itself, which are no node's. */
const ENVELOPE = new Set(["response", "cause", "detail"]);

/**
 * The fields, with null for every secret that this very call has not made where the caller may not
 * see those; and for whatever is not declared, as nobody knows what that is.
 */
export function withoutSecrets({ access }: Authority, answers: Answers, fields: Fields): Fields {
  if (access !== "limited_read") return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      ENVELOPE.has(name) ? value : mapLeaves(declared(answers, name), value, withoutSecret),
    ]),
  );
}

function withoutSecret({ shape }: Answers[string], value: unknown): unknown {
  if (shape.kind === "anything") return null;
  return shape.kind === "secret" && !shape.fresh ? null : value;
}

/** No more than `limit` of the list that was asked for. */
function limited(answers: Answers, fields: Fields, limit: unknown): Fields {
  const name = listField(answers);
  const rows = name === undefined ? undefined : fields[name];
  if (typeof limit !== "number" || name === undefined) return fields;
  if (rows instanceof Rows) return { ...fields, [name]: rows.take(limit) };
  return Array.isArray(rows) ? { ...fields, [name]: rows.slice(0, limit) } : fields;
}
