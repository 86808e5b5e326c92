import { NotJson, parseJsonObject } from "../model/json";
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
  const parsed = parseJsonObject(line);
  if (parsed instanceof NotJson) return { at, given: `This ${parsed.message}.`, raw: line };
  const { [REASON]: _reason, ...given } = parsed;
  return { at, given, raw: parsed };
}
