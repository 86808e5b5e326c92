import { type Answers, listField } from "../../answers/answer";
import type { Envelope } from "../../model/envelope";
import { Rows } from "../../model/rows";
import { type Io, write } from "../io";

/** The forms that a list can be asked for in. */
export const OUTPUT_FORMATS = ["json", "ndjson", "csv", "table"] as const;

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** The list of an answer alone, a row a line: JSON values, or CSV (RFC 4180) with a header. */
export async function writeRows(
  io: Io,
  envelope: Envelope,
  answers: Answers,
  format: "ndjson" | "csv",
): Promise<void> {
  const [field, list] = listOf(envelope, answers);
  let text = format === "csv" ? await csvLines(field) : ndjsonLines;
  for await (const batch of list) {
    const said = text(batch);
    text = said.next;
    await write(io.stdout, said.text);
  }
}

/** Lines for a batch, and what makes them for the next one. */
type Lines = (batch: readonly unknown[]) => { text: string; next: Lines };

const ndjsonLines: Lines = (batch) => ({
  text: batch.map((row) => `${JSON.stringify(row)}\n`).join(""),
  next: ndjsonLines,
});

/** A list of plain values has one column, named after what the list is of. */
async function csvLines(field: string): Promise<Lines> {
  const { stringify } = await import("csv-stringify/sync");
  const records = (batch: readonly unknown[]) =>
    batch.map((row) => (typeof row === "object" ? row : { [field]: row }));
  const rest: Lines = (batch) => ({ text: stringify(records(batch)), next: rest });
  return (batch) => ({ text: stringify(records(batch), { header: true }), next: rest });
}

function listOf(envelope: Envelope, answers: Answers): [string, AsyncIterable<readonly unknown[]>] {
  const field = listField(answers) ?? "list";
  const value = envelope[field];
  if (value instanceof Rows) return [field, value];
  return [field, single(Array.isArray(value) ? value : [])];
}

async function* single(batch: readonly unknown[]) {
  if (batch.length > 0) yield batch;
}
