import { setImmediate } from "node:timers/promises";
import type { Recorded } from "../changes/recording";
import { Refusal } from "../model/refusal";
import type { Given, Params } from "../params/param";
import { invalidParameters } from "../params/param";
import { carryOut } from "../rules/carry-out";
import type { Rule } from "../rules/rule";
import type { Entry, Reader, Source } from "./input";

/** How a row that was not rejected is counted. `inuse` is one that is skipped, for that reason. */
export type Counted = "added" | "updated" | "skipped" | "inuse";

/** Rows of one kind on their way to the rule that decides on them. */
export interface Importer<Wanted, Outcome> {
  readonly params: Params;
  /** How many rows are handled together. */
  readonly together: number;
  readonly rule: Rule<Wanted, Outcome>;
  /** The row as the rule takes it, or a throw of its Refusal. */
  read(given: Given): Wanted | Promise<Wanted>;
  counted(outcome: Outcome): Counted;
}

export interface Tally {
  read: number;
  added: number;
  updated: number;
  skipped: number;
  rejected: number;
  inuse?: number;
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

interface Item<Wanted> {
  readonly entry: Entry;
  readonly wanted: Wanted | Refusal;
}

/**
 * Reads rows and lets the rule put them into the database, in the transaction that the stores are
 * of. While the server is at some rows, the next ones are read; no more than these are held.
 */
export async function importRows<Wanted, Outcome>(
  stores: Recorded,
  importer: Importer<Wanted, Outcome>,
  { reader, source, rejects, progress }: ImportOptions,
): Promise<Imported> {
  const tally: Tally = { read: 0, added: 0, updated: 0, skipped: 0, rejected: 0 };
  let first: string | undefined;
  let items: Item<Wanted>[] = [];
  let applying: Promise<void> = Promise.resolve();

  const apply = async (some: readonly Item<Wanted>[]) => {
    const all = some.flatMap(({ wanted }) => (wanted instanceof Refusal ? [] : [wanted]));
    const outcomes = await carryOut(stores, importer.rule, all);
    let rejected = "";
    let next = 0;
    for (const { entry, wanted } of some) {
      const outcome = wanted instanceof Refusal ? wanted : (outcomes[next++] as Outcome | Refusal);
      if (outcome instanceof Refusal) {
        tally.rejected++;
        first ??= `${reader.unit} ${entry.at}: ${outcome.detail}`;
        if (rejects !== undefined) rejected += reader.rejected(entry, outcome.detail);
      } else {
        count(tally, importer.counted(outcome));
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
  };

  try {
    for await (const entries of reader.entries(source)) {
      for (const entry of entries) {
        tally.read++;
        const reading = readEntry(importer, entry);
        items.push({ entry, wanted: reading instanceof Promise ? await reading : reading });
        // The server's answers are heard of between rows, not only behind them all.
        if (items.length % BREATH === 0) await setImmediate();
        if (items.length === importer.together) await flush();
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

function count(tally: Tally, counted: Counted): void {
  if (counted === "inuse") {
    tally.inuse = (tally.inuse ?? 0) + 1;
    tally.skipped++;
  } else {
    tally[counted]++;
  }
}

function readEntry<Wanted>(
  importer: Pick<Importer<Wanted, unknown>, "read">,
  { given }: Entry,
): Wanted | Refusal | Promise<Wanted | Refusal> {
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
