import { setImmediate } from "node:timers/promises";
import { failed, Refusal } from "../model/refusal";
import type { Given, Params } from "../params/param";
import { invalidParameters } from "../params/param";
import type { IfExists } from "./choices";
import type { Entry, Reader, Source } from "./input";

/** What became of a row; a Refusal where it is rejected. */
export type Outcome = "added" | "updated" | "skipped" | Refusal;

/** Rows of one kind on their way into the database. */
export interface Importer<Row> {
  readonly params: Params;
  /** How many rows are handled together. */
  readonly together: number;
  /** Once, before the first row is looked for. */
  begin(): Promise<void>;
  /** The row, or a throw of its Refusal. */
  read(given: Given): Row | Promise<Row>;
  /** Rows with a key in common are not handled together: the second must find the first. */
  keys(row: Row): readonly string[];
  /** Puts rows into the database and says what became of each. */
  apply(rows: readonly Row[]): Promise<Outcome[]>;
}

export interface Tally {
  read: number;
  added: number;
  updated: number;
  skipped: number;
  rejected: number;
}

export interface ImportOptions {
  readonly reader: Reader;
  readonly source: Source;
  /** Takes rejected rows in the input's own form. */
  readonly rejects?: ((text: string) => Promise<void>) | undefined;
  readonly progress?: ((read: number) => void) | undefined;
}

export interface Imported {
  readonly tally: Tally;
  /** Where the first rejected row stands and why it is one. */
  readonly first: string | undefined;
}

/** Rows that are read in one go while the server is at work. */
const BREATH = 50;

interface Item<Row> {
  readonly entry: Entry;
  readonly row: Row | Refusal;
}

/**
 * Reads rows and puts them into the database, in the transaction that the importer's stores are of.
 * While the server is at some rows, the next ones are read; no more than these are held.
 */
export async function importRows<Row>(
  importer: Importer<Row>,
  { reader, source, rejects, progress }: ImportOptions,
): Promise<Imported> {
  const tally: Tally = { read: 0, added: 0, updated: 0, skipped: 0, rejected: 0 };
  let first: string | undefined;
  let items: Item<Row>[] = [];
  let keys = new Set<string>();
  let begun = false;
  let applying: Promise<void> = Promise.resolve();

  const apply = async (some: readonly Item<Row>[]) => {
    if (!begun) await importer.begin();
    begun = true;
    const rows = some.flatMap(({ row }) => (row instanceof Refusal ? [] : [row]));
    const outcomes = await importer.apply(rows);
    let rejected = "";
    let next = 0;
    for (const { entry, row } of some) {
      const outcome = row instanceof Refusal ? row : (outcomes[next++] as Outcome);
      if (outcome instanceof Refusal) {
        tally.rejected++;
        first ??= `${reader.unit} ${entry.at}: ${outcome.detail}`;
        if (rejects !== undefined) rejected += reader.rejected(entry, outcome.detail);
      } else {
        tally[outcome]++;
      }
    }
    if (rejected !== "") await rejects?.(rejected);
  };
  const flush = async () => {
    await applying;
    applying = apply(items);
    // Whoever waits for it next hears of its failure.
    applying.catch(() => {});
    items = [];
    keys = new Set();
  };

  try {
    for await (const entries of reader.entries(source)) {
      for (const entry of entries) {
        tally.read++;
        const reading = readEntry(importer, entry);
        const row = reading instanceof Promise ? await reading : reading;
        const own = row instanceof Refusal ? [] : importer.keys(row);
        if (items.length === importer.together || own.some((key) => keys.has(key))) await flush();
        // The server's answers are heard of between rows, not only behind them all.
        if (items.length % BREATH === 0) await setImmediate();
        for (const key of own) keys.add(key);
        items.push({ entry, row });
      }
      progress?.(tally.read);
    }
    if (items.length > 0) await flush();
  } finally {
    await applying.catch(() => {});
  }
  await applying;
  return { tally, first };
}

function readEntry<Row>(
  importer: Importer<Row>,
  { given }: Entry,
): Row | Refusal | Promise<Row | Refusal> {
  if (typeof given === "string") return invalidParameters(given);
  try {
    const row = importer.read(given);
    return row instanceof Promise ? row.catch(refusalOf) : row;
  } catch (error) {
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** A row's parameters: what is empty was not given. */
export function withoutEmpty(given: Given): Given {
  const filled: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== "" && value !== null) filled[name] = value;
  }
  return filled;
}

/** What to say of a row whose subject is there, where rows may not be about such. */
export function present(ifExists: IfExists, detail: string): "skipped" | Refusal {
  return ifExists === "fail" ? failed("exists", detail) : "skipped";
}
