import { isJsonObject } from "./json-object";
import { DEPTH_MAX } from "./limits";

/** Why a text is not taken as JSON, as the end of a sentence: `is no JSON`. */
export class NotJson extends Error {}

/** Strings as a whole, so that nothing within them is taken for structure; brackets; numbers. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[[{]|[\]}]|-?\d[\d.eE+-]*/g;

/**
 * A JSON value (RFC 8259) that can be handed on as it came: nested no deeper than anything that
 * walks it can bear, and no number in it that JavaScript would write differently (`1.10`, or whole
 * ones beyond 2^53). Throws {@link NotJson}.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NotJson("is no JSON");
  }
  let depth = 0;
  for (const [token] of text.matchAll(TOKENS)) {
    const first = token.charAt(0);
    if (first === '"') continue;
    if (first === "{" || first === "[") {
      if (++depth > DEPTH_MAX) throw new NotJson(`is nested more than ${DEPTH_MAX} deep`);
    } else if (first === "}" || first === "]") depth--;
    else if (String(Number(token)) !== token) throw unkept(token);
  }
  return value;
}

/** The JSON object that a text is, or why it is none. */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> | NotJson {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : new NotJson("is no JSON object");
  } catch (error) {
    if (error instanceof NotJson) return error;
    throw error;
  }
}

function unkept(token: string): NotJson {
  const shown = token.length > 30 ? `${token.slice(0, 30)}…` : token;
  return new NotJson(`has the number ${shown}, which would not be kept as written: quote it`);
}
