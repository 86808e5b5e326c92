import { newRecordId } from "../model/record-id";
import type { RecordHeader, RecordPart } from "../store/provisioning/records";
import type { Stores } from "../store/stores";
import type { Change } from "./change";
import { encoded } from "./encoded";
import { addressesOf, nameOf } from "./render";

/** What is done, by whom: what a record says beside its Changes. */
export interface Deed {
  readonly caller: string;
  readonly operatorId?: string | undefined;
  readonly node: string;
  /** What it is about, as people read it. */
  readonly subject: string;
  /** What was given, without secrets. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** The widest subject or name of a caller that a record holds, in UTF-16 units. */
const TEXT_MAX = 255;

/** Changes that are kept together: what undo looks up at once, and far below the largest packet. */
const PART = 2_000;

/**
 * The record of one deed, within the transaction that does it. It begins with the first Change that
 * is noted: a deed that changes nothing leaves none.
 */
export class OpenRecord {
  readonly id = newRecordId(Date.now());
  private counted = 0;
  /** As many as the record says itself. */
  private said = 0;
  private parts = 0;
  private written = false;
  private undoes: string | null = null;

  constructor(private readonly deed: Deed) {}

  /** Whether there is anything of it to be found. */
  get begun(): boolean {
    return this.written;
  }

  /** What has to be written for these Changes; the header where they are the first. */
  take(changes: readonly Change[]): {
    header: (RecordHeader & { changes: number })[];
    parts: RecordPart[];
  } {
    if (changes.length === 0) return { header: [], parts: [] };
    const first = !this.written;
    this.written = true;
    this.counted += changes.length;
    const parts: RecordPart[] = [];
    for (let from = 0; from < changes.length; from += PART) {
      const content = encoded(changes.slice(from, from + PART));
      parts.push({ record: this.id, part: this.parts++, content });
    }
    return { header: first ? [this.header(changes[0])] : [], parts };
  }

  /** It takes another record back. */
  takesBack(id: string): void {
    this.undoes = id;
  }

  /** Has it written although no single thing was changed by it. */
  async withoutChanges({ records }: Stores): Promise<void> {
    await records.insert([this.header(undefined)]);
    this.written = true;
  }

  /** Says how much it has become, where it has grown since it began. */
  async finish({ records }: Stores): Promise<void> {
    if (this.said < this.counted) await records.count(this.id, this.counted);
    this.said = this.counted;
  }

  private header(first: Change | undefined) {
    const { caller, operatorId = null, node, params = {} } = this.deed;
    const subject = this.deed.subject || (first === undefined ? "" : nameOf(first.what, first.key));
    this.said = this.counted;
    return {
      ...{ id: this.id, caller: caller.slice(0, TEXT_MAX), operatorId, node },
      ...{ subject: subject.slice(0, TEXT_MAX), params: JSON.stringify(params) },
      ...{ changes: this.counted, undoes: this.undoes },
    };
  }
}

/** The stores of a transaction, and the record that its Changes go into. */
export interface Recorded extends Stores {
  readonly record: OpenRecord;
}

/** Stores with a new record of what is done with them. */
export const recorded = (stores: Stores, deed: Deed): Recorded => ({
  ...stores,
  record: new OpenRecord(deed),
});

/** Changes, and the record that they belong to. */
export interface Noted {
  readonly record: OpenRecord;
  /** Folded: each place once. */
  readonly changes: readonly Change[];
}

/**
 * Writes Changes into their records, many records by one statement: asked for together with the
 * Changes' own statements it costs no round trip.
 */
export async function keep(stores: Stores, noted: readonly Noted[]): Promise<void> {
  const { records, keys } = stores;
  const taken = noted.map(({ record, changes }) => record.take(changes));
  const subjects = noted.flatMap(({ record, changes }) => {
    const addresses = new Set(changes.flatMap(addressesOf).map((address) => keys.of(address)));
    return [...addresses].map((address) => ({ address, record: record.id }));
  });
  await Promise.all([
    records.insert(taken.flatMap(({ header }) => header)),
    records.insertParts(taken.flatMap(({ parts }) => parts)),
    records.insertSubjects(subjects),
  ]);
}
