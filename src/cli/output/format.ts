import { recordsWriter } from "../../bulk/csv-writer";
import type { Envelope } from "../../model/envelope";
import { Rows } from "../../model/rows";
import { type Io, write } from "../io";
import { isRecord } from "./shape";

/** The forms that a list can be asked for in. */
export const OUTPUT_FORMATS = ["json", "ndjson", "csv", "table"] as const;

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** The list of an answer alone, a row a line: JSON values, or CSV (RFC 4180) with a header. */
export async function writeRows(
  io: Io,
  envelope: Envelope,
  format: "ndjson" | "csv",
): Promise<void> {
  const [field, list] = listOf(envelope);
  const text = format === "csv" ? await csvLines(field) : ndjsonLines;
  for await (const batch of list) await write(io.stdout, text(batch));
}

/** Lines for a batch. */
type Lines = (batch: readonly unknown[]) => string;

const ndjsonLines: Lines = (batch) => batch.map((row) => `${JSON.stringify(row)}\n`).join("");

/** A list of plain values has one column, named after what the list is of. */
async function csvLines(field: string): Promise<Lines> {
  const text = await recordsWriter();
  return (batch) => text(batch.map((row) => (isRecord(row) ? row : { [field]: row })));
}

function listOf(envelope: Envelope): [string, AsyncIterable<readonly unknown[]>] {
  for (const [field, value] of Object.entries(envelope)) {
    if (value instanceof Rows) return [field, value];
    if (Array.isArray(value)) return [field, single(value)];
  }
  return ["list", single([])];
}

async function* single(batch: readonly unknown[]) {
  if (batch.length > 0) yield batch;
}
