/** Rows of fields as CSV (RFC 4180). */
export type WriteFields = (rows: readonly (readonly unknown[])[]) => string;

export async function fieldsWriter(delimiter = ","): Promise<WriteFields> {
  const { stringify } = await import("csv-stringify/sync");
  // A lone carriage return ends a row, too, where it is read.
  return (rows) => stringify([...rows], { delimiter, quoted_match: /\r/ });
}

/** Records as CSV, a header first: the columns that are named, else those of the first records. */
export async function recordsWriter(
  named?: readonly string[],
): Promise<(records: readonly Readonly<Record<string, unknown>>[]) => string> {
  const write = await fieldsWriter();
  let columns = named;
  let begun = false;
  return (records) => {
    columns ??= records.length === 0 ? undefined : columnsOf(records);
    if (columns === undefined) return "";
    const header = begun ? "" : write([columns]);
    begun = true;
    return header + write(records.map((record) => columns?.map((column) => record[column]) ?? []));
  };
}

function columnsOf(records: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}
