import type { Source } from "../../bulk/input";
import { type Line, lines } from "../../bulk/text";
import type { Request } from "../../hermes";
import { NotJson, parseJsonObject } from "../../model/json";
import { isJsonObject } from "../../model/json-object";
import type { Refusal } from "../../model/refusal";
import { invalidParameters } from "../../params/param";

/** A line of a batch: a request, or why it is none. */
export interface RequestLine {
  /** Counted from 1. */
  readonly line: number;
  /** What the caller knows the request by; given back with the answer. */
  readonly id: unknown;
  readonly request: Request | Refusal;
}

/** The requests of an NDJSON stream, as they come; empty lines are passed over. */
export async function* requestLines(source: Source): AsyncGenerator<RequestLine> {
  let at = 0;
  for await (const some of lines(source)) {
    for (const line of some) {
      at++;
      if (typeof line !== "string" || line.trim() !== "") yield parse(at, line);
    }
  }
}

function parse(at: number, line: Line): RequestLine {
  const wrong = (why: string, id?: unknown): RequestLine => ({
    line: at,
    id,
    request: invalidParameters(`Line ${at} ${why}`),
  });
  if (typeof line !== "string") return wrong(line.why);
  // trim() takes off a byte order mark, too: files are put one behind the other.
  const parsed = parseJsonObject(line.trim());
  if (parsed instanceof NotJson) return wrong(`${parsed.message}.`);
  const { node, params = {}, id } = parsed;
  if (typeof node !== "string") return wrong('has no "node", the name of an API node.', id);
  if (!isJsonObject(params)) return wrong('has "params" that are no JSON object.', id);
  return { line: at, id, request: { node, params } };
}
