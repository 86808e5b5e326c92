import { NotJson, parseJson } from "../model/json";
import { isJsonObject } from "../model/json-object";
import type { Given } from "../params/param";
import { type Entry, REASON, type Reader, type Source } from "./input";
import { readableLines } from "./text";

/** One JSON object a line, by parameter names. */
export class NdjsonReader implements Reader {
  readonly unit = "line";

  async *entries(source: Source): AsyncGenerator<Entry[]> {
    let at = 0;
    for await (const some of readableLines(source)) {
      const entries: Entry[] = [];
      for (const line of some) {
        at++;
        if (line.trim() !== "") entries.push(entry(at, line));
      }
      yield entries;
    }
  }

  rejected({ raw }: Entry, reason: string): string {
    const row = typeof raw === "string" ? { line: raw } : (raw as Given);
    return `${JSON.stringify({ ...row, [REASON]: reason })}\n`;
  }
}

function entry(at: number, line: string): Entry {
  let parsed: unknown;
  try {
    parsed = parseJson(line);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { at, given: `This ${error.message}.`, raw: line };
  }
  if (!isJsonObject(parsed)) {
    return { at, given: "This is no JSON object.", raw: line };
  }
  const { [REASON]: _reason, ...given } = parsed;
  return { at, given, raw: parsed };
}
