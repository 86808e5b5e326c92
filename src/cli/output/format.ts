import { type Answers, type Column, listField } from "../../answers/answer";
import { recordsWriter } from "../../bulk/csv-writer";
import type { Envelope } from "../../model/envelope";
import { isRecord } from "../../model/record";
import { Rows } from "../../model/rows";
import { type Io, write } from "../io";
import { visibleLines } from "./visible";

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
  const [column, list] = listOf(envelope, answers);
  const text = format === "csv" ? await csvLines(column) : ndjsonLines;
  const { stdout, isTerminal } = io;
  for await (const batch of list) {
    const lines = text(batch);
    await write(stdout, isTerminal.stdout ? visibleLines(lines) : lines);
  }
}

/** Lines for a batch. */
type Lines = (batch: readonly unknown[]) => string;

const ndjsonLines: Lines = (batch) => batch.map((row) => `${JSON.stringify(row)}\n`).join("");

/** A list of plain values has one column, named after what the list is of. */
async function csvLines(column: Column): Promise<Lines> {
  const text = await recordsWriter();
  const named = (value: unknown) => ({
    [typeof column === "string" ? column : column(value)]: value,
  });
  return (batch) => text(batch.map((row) => (isRecord(row) ? row : named(row))));
}

function listOf(envelope: Envelope, answers: Answers): [Column, AsyncIterable<readonly unknown[]>] {
  const field = listField(answers) ?? "list";
  const shape = answers[field]?.shape;
  const column = (shape?.kind === "rows" ? shape.column : undefined) ?? field;
  const value = envelope[field];
  if (value instanceof Rows) return [column, value];
  return [column, single(Array.isArray(value) ? value : [])];
}

async function* single(batch: readonly unknown[]) {
  if (batch.length > 0) yield batch;
}
