import { closest } from "../model/closest";
import { quoted } from "../model/quoted";
import { inputsOf, invalidParameters, type Params } from "../params/param";
import type { BulkFormat } from "./choices";
import { CsvReader } from "./csv";
import type { Reader, Source } from "./input";
import { LinesReader } from "./lines";
import { NdjsonReader } from "./ndjson";

/** What a format is guessed for: the columns, and the only one of them where a line can be it. */
export interface Columns {
  readonly params: Params;
  readonly line: string | undefined;
}

/** The format by the file's name, else by how the input begins, else CSV. */
export function guessFormat(name: string, beginning: string, columns: Columns): BulkFormat {
  if (/\.(csv|tsv)$/i.test(name)) return "csv";
  if (/\.(ndjson|jsonl|json)$/i.test(name)) return "ndjson";
  const text = beginning.replace(/^\uFEFF/, "").trimStart();
  if (text.startsWith("{")) return "ndjson";
  const first = text.split(/\r?\n/, 1)[0] ?? "";
  return columns.line !== undefined && !/^"?[a-z]/i.test(first) ? "lines" : "csv";
}

export function openReader(format: BulkFormat, { params, line }: Columns): Reader {
  switch (format) {
    case "csv":
      return new CsvReader((names) => checkColumns(params, names));
    case "ndjson":
      return new NdjsonReader();
    case "lines":
      if (line === undefined) {
        throw invalidParameters("Only numbers come one a line. Give --format csv or ndjson.");
      }
      return new LinesReader(line);
  }
}

/** Refuses columns that nobody knows, and a header without those that every row needs. */
function checkColumns(params: Params, names: readonly string[]): void {
  const known = inputsOf(params).map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const guess = closest(name, known);
    const hint = guess === undefined ? `Known: ${known.join(", ")}` : `Did you mean ${guess}?`;
    throw invalidParameters(`Unknown column ${quoted(name)}. ${hint}`);
  }
  const filled = Object.fromEntries(names.map((name) => [name, "x"]));
  for (const [key, param] of Object.entries(params)) {
    if (!param.required || param.gather(filled, key)) continue;
    throw invalidParameters(`There is no column ${param.inputs(key)[0]?.name ?? key}.`);
  }
}

/** How an input begins: as much of it as comes at once. */
export async function beginningOf(source: Source): Promise<string> {
  for await (const chunk of source) return Buffer.from(chunk as Uint8Array).toString("utf8");
  return "";
}
