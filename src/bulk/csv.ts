import { COLUMNS_MAX, LINE_MAX } from "../model/limits";
import { quoted } from "../model/quoted";
import { invalidParameters } from "../params/param";
import { fieldsWriter, type WriteFields } from "./csv-writer";
import { type Entry, REASON, type Reader, type Source } from "./input";
import { decoded } from "./text";

const PARSING = {
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  skip_empty_lines: true,
  max_record_size: LINE_MAX,
};

/**
 * What may part fields (as RFC 4180 has it, as spreadsheets do where the comma is decimal, as TSV
 * does), and what ends a header of one field.
 */
const SEPARATOR_OR_END = /[,;\t\r\n]/;

/**
 * CSV (RFC 4180) with a header; a byte order mark and any line ends are taken. The first separator
 * of the header is that of all rows: no parameter has one in its name.
 */
export class CsvReader implements Reader {
  readonly unit = "row";
  private header: readonly string[] = [];
  private names: readonly (string | undefined)[] = [];
  private reasonAt = -1;
  private rejects = 0;
  private write: WriteFields | undefined;

  /** `check` is told which columns there are, and refuses what it does not know. */
  constructor(private readonly check: (names: readonly string[]) => void) {}

  async *entries(source: Source): AsyncGenerator<Entry[]> {
    const { parse } = await import("csv-parse");
    const texts = decoded(source);
    const beginning = await beginningOf(texts);
    const [found = ","] = beginning.match(SEPARATOR_OR_END) ?? [];
    const delimiter = /[\r\n]/.test(found) ? "," : found;
    this.write = await fieldsWriter(delimiter);
    let records: string[][] = [];
    // Taken as they are found: by way of the stream's other end they would come one at a time.
    const parser = parse({
      ...PARSING,
      delimiter,
      on_record: (record: string[]) => {
        records.push(record);
        return null;
      },
    });
    let failure: CsvFailure | null = null;
    parser.on("error", (error: CsvFailure) => {
      failure = error;
    });
    parser.resume();
    let at = 0;
    const taken = (): Entry[] => {
      const batch: Entry[] = [];
      for (const record of records) {
        if (this.header.length === 0) this.readHeader(record);
        else batch.push(this.entry(++at, record));
      }
      records = [];
      if (failure === null) return batch;
      throw broken(failure, this.header.length === 0 ? "The header" : `Row ${at + 1}`);
    };
    const feed = (text: string) =>
      new Promise<void>((resolve) => parser.write(text, () => resolve()));
    await feed(beginning);
    yield taken();
    for await (const text of texts) {
      await feed(text);
      yield taken();
    }
    await new Promise<void>((resolve) => {
      parser.once("error", () => resolve()).end(() => resolve());
    });
    yield taken();
  }

  rejected({ raw }: Entry, reason: string): string {
    const columns = this.header.length;
    const record = raw as string[];
    const fields = Array.from({ length: columns }, (_, index) => record[index] ?? "");
    const rows = [[...this.withoutReason(fields), reason, ...record.slice(columns)]];
    if (this.rejects++ === 0) rows.unshift([...this.withoutReason(this.header), REASON]);
    return this.write?.(rows) ?? "";
  }

  private readHeader(record: readonly string[]): void {
    if (record.length > COLUMNS_MAX) {
      throw invalidParameters(`The header has ${record.length} columns, more than ${COLUMNS_MAX}.`);
    }
    this.header = record;
    this.names = record.map((name) => {
      const plain = name.trim().toLowerCase().replace(/[- ]/g, "_");
      return plain === "" || plain === REASON ? undefined : plain;
    });
    this.reasonAt = record.findIndex((name) => name.trim().toLowerCase() === REASON);
    const names = this.names.filter((name) => name !== undefined);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw invalidParameters(`There are two columns ${quoted(twice)}.`);
    this.check(names);
  }

  private entry(at: number, record: string[]): Entry {
    if (record.length !== this.header.length) {
      const given = `The row has ${record.length} fields, the header ${this.header.length}.`;
      return { at, given, raw: record };
    }
    const given: Record<string, string> = {};
    for (let index = 0; index < record.length; index++) {
      const name = this.names[index];
      if (name !== undefined) given[name] = record[index] ?? "";
    }
    return { at, given, raw: record };
  }

  private withoutReason(fields: readonly string[]): string[] {
    return fields.filter((_, index) => index !== this.reasonAt);
  }
}

/** As much of a text as tells what parts the fields of its first line. */
async function beginningOf(texts: AsyncGenerator<string>): Promise<string> {
  let beginning = "";
  while (!SEPARATOR_OR_END.test(beginning) && beginning.length <= LINE_MAX) {
    const { value, done } = await texts.next();
    if (done) break;
    beginning += value;
  }
  return beginning;
}

type CsvFailure = Error & { readonly code?: string };

/** In words of our own: the parser's quote the field, which can be a password. */
const WRONG_QUOTES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is never closed",
  CSV_INVALID_CLOSING_QUOTE: 'a quote within a quoted field must be doubled: ""',
  INVALID_OPENING_QUOTE: "a field with a quote in it must stand in quotes",
};

function broken({ code = "" }: CsvFailure, where: string) {
  if (code === "CSV_MAX_RECORD_SIZE") {
    return invalidParameters(`${where} is longer than ${LINE_MAX} characters.`);
  }
  const why = WRONG_QUOTES[code];
  return invalidParameters(`${where} is not CSV${why === undefined ? "" : `: ${why}`}.`);
}
