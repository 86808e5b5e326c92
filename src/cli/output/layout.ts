import { type Envelope, type Fields, succeeded } from "../../model/envelope";
import { permissionFlags } from "../../model/permission";
import { Rows } from "../../model/rows";
import { granted, grantedByExtension } from "./extension-permissions";
import { isRecord } from "./shape";

/** A list that is printed line by line. */
export type Listed = Rows<unknown> | readonly unknown[];

/** An answer's fields sorted by how they are printed. */
export interface Layout {
  readonly sentences: readonly string[];
  /** Label and value, one a line; the fields of an only record stand among them. */
  readonly pairs: Fields;
  /** Records that need a heading, as there are several. */
  readonly records: readonly (readonly [field: string, record: Fields])[];
  readonly lists: readonly (readonly [field: string, list: Listed])[];
}

/** These are what was asked for, even with fields beside them. */
const MAIN_LISTS = new Set(["list", "aliases", "locations", "findings"]);

/** Decides by their shape how an answer's fields are printed. */
export function layOut(envelope: Envelope): Layout {
  const fields = answered(envelope);
  const sentences: string[] = [];
  const lists: [string, Listed][] = [];
  const records: [string, Fields][] = [];
  // In the order of the answer; a record holds its place until it is known whether it is the only one.
  const rest: [string, unknown][] = [];
  if (envelope.response === "pong") sentences.push("pong");
  for (const [field, value] of fields) {
    if (field === "detail" && typeof value === "string") sentences.push(value);
    else if (field === "permissions" && isRecord(value)) {
      if (Object.values(value).every(isRecord)) lists.push([field, grantedByExtension(value)]);
      else rest.push(...Object.entries(granted(value)));
    } else if (isListed(field, value, fields.length)) lists.push([field, value]);
    else {
      if (isRecord(value)) records.push([field, value]);
      rest.push([field, value]);
    }
  }
  const pairs: Fields = {};
  for (const [field, value] of rest) {
    if (!isRecord(value)) pairs[field] = value;
    else if (records.length === 1) Object.assign(pairs, value);
  }
  dropRepeatedFlags(pairs);
  return { sentences, pairs, records: records.length === 1 ? [] : records, lists };
}

/** What is to be printed: a refusal's cause and detail are its own line's. */
function answered(envelope: Envelope): [string, unknown][] {
  const skipped = succeeded(envelope) ? ["response"] : ["response", "cause", "detail"];
  return Object.entries(envelope).filter(
    ([field, value]) => value !== undefined && !skipped.includes(field),
  );
}

function isListed(field: string, value: unknown, fields: number): value is Listed {
  if (value instanceof Rows) return true;
  if (!Array.isArray(value)) return false;
  return MAIN_LISTS.has(field) || fields === 1 || value.some(isRecord);
}

/** `permission` is shown with its flags' names already. */
function dropRepeatedFlags(pairs: Fields): void {
  const { permission, flags } = pairs;
  if (typeof permission !== "number" || !Array.isArray(flags)) return;
  if (permissionFlags(permission).join() === flags.join()) delete pairs.flags;
}
