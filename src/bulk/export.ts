import { BATCH } from "../model/rows";
import type { BulkFormat } from "./choices";
import { recordsWriter } from "./csv-writer";

/** What is exported: rows by column, in batches. */
export interface Exported {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly Record<string, unknown>[]>;
}

/** The rows as text of a format, piece by piece. */
export async function* formatted(
  { columns, rows }: Exported,
  format: BulkFormat,
): AsyncGenerator<string> {
  if (format === "csv") {
    const write = await recordsWriter(columns);
    yield write([]);
    for await (const batch of rows) yield write(batch);
  } else if (format === "ndjson") {
    for await (const batch of rows) {
      yield batch.map((row) => `${JSON.stringify(row)}\n`).join("");
    }
  } else {
    const [column = ""] = columns;
    for await (const batch of rows) yield batch.map((row) => `${row[column]}\n`).join("");
  }
}

/** The same batches, each row shaped anew. */
export async function* shaped<S>(
  batches: AsyncIterable<readonly S[]>,
  shape: (row: S) => Record<string, unknown>,
): AsyncGenerator<Record<string, unknown>[]> {
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += BATCH) {
      yield batch.slice(from, from + BATCH).map(shape);
    }
  }
}
