import { createInterface } from "node:readline";
import type { Request } from "../../hermes";
import { isJsonObject } from "../../model/json-object";
import { invalid, type Refusal } from "../../model/refusal";

/** A line of a batch: a request, or why it is none. */
export interface RequestLine {
  /** Counted from 1. */
  readonly line: number;
  /** What the caller knows the request by; given back with the answer. */
  readonly id: unknown;
  readonly request: Request | Refusal;
}

/** The requests of an NDJSON stream, as they come; empty lines are passed over. */
export async function* requestLines(stream: NodeJS.ReadableStream): AsyncGenerator<RequestLine> {
  let line = 0;
  for await (const text of createInterface({
    input: stream,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line++;
    if (text.trim() !== "") yield parse(line, text.replace(/^\uFEFF/, ""));
  }
}

function parse(line: number, text: string): RequestLine {
  const wrong = (detail: string, id?: unknown): RequestLine => ({
    line,
    id,
    request: invalid("parameters", `Line ${line} ${detail}`),
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return wrong("is no JSON.");
  }
  if (!isJsonObject(parsed)) return wrong("is no JSON object.");
  const { node, params = {}, id } = parsed;
  if (typeof node !== "string") return wrong('has no "node", the name of an API node.', id);
  if (!isJsonObject(params)) return wrong('has "params" that are no JSON object.', id);
  return { line, id, request: { node, params } };
}
