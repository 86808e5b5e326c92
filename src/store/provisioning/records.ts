import type { Value } from "../../database/connection";
import type { Schema } from "../../database/schema";
import type { RowOf } from "../../database/tables";
import { likePattern } from "../../model/glob";
import { firstRecordId } from "../../model/record-id";
import { Rows } from "../../model/rows";
import { compressed, expanded } from "../bulk/compressed";
import { pagesOf } from "../bulk/pages";
import { deleteWhere } from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const RECORDS = "records";
const CHANGES = "record_changes";
const SUBJECTS = "record_subjects";

/** Records that a list reads at once. */
const PAGE = 500;

/** What is kept of a deed beside its Changes. */
export interface RecordHeader {
  /** Made by whoever writes it; sorts by time (see model/record-id.ts). */
  readonly id: string;
  /** An operator's username, or the operating system's user. */
  readonly caller: string;
  readonly operatorId: string | null;
  readonly node: string;
  /** What it is about, as people read it. */
  readonly subject: string;
  /** What it was called with, as JSON, without secrets. */
  readonly params: string;
  /** The record that this one took back. */
  readonly undoes: string | null;
}

export interface RecordEntry extends RecordHeader {
  /** How many things it changed. */
  readonly changes: number;
  /** The record that took this one back. */
  readonly undoneBy: string | null;
}

export interface RecordPart {
  readonly record: string;
  /** Counted from 0. */
  readonly part: number;
  readonly content: string;
}

export interface RecordSearch {
  /** An address as it is compared (see AddressKeys.of). */
  readonly address?: string | undefined;
  readonly node?: string | undefined;
  readonly caller?: string | undefined;
  /** Unix milliseconds; from then on, and before then. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Part of a subject, or a glob over all of it. */
  readonly search?: string | undefined;
}

type RecordRow = RowOf<typeof RECORDS>;

/** The provisioning tables of records: `records`, `record_changes` and `record_subjects`. */
export class Records {
  constructor(private readonly schema: Schema) {}

  async find(id: string): Promise<RecordEntry | undefined> {
    const row = await this.schema.row<RecordRow>(
      `SELECT * FROM ${this.schema.name(RECORDS)} WHERE id = ?`,
      [id],
    );
    return row && shape(row);
  }

  /**
   * Whether there is such a record. Where its writer is not through yet it is waited for: the
   * answer is final.
   */
  async has(id: string): Promise<boolean> {
    const lock = this.schema.kind === "mysql" ? "FOR UPDATE" : "";
    const rows = await this.schema.rows(
      `SELECT id FROM ${this.schema.name(RECORDS)} WHERE id = ? ${lock}`,
      [id],
    );
    return rows.length > 0;
  }

  /** Those that match, the newest first. */
  list(search: RecordSearch): Rows<RecordEntry> {
    return new Rows(this.pages(search));
  }

  /** How many parts a record's Changes have. */
  async parts(id: string): Promise<number> {
    const row = await this.schema.row<{ n: number }>(
      `SELECT COUNT(*) AS n FROM ${this.schema.name(CHANGES)} WHERE record = ?`,
      [id],
    );
    return Number(row?.n ?? 0);
  }

  async part(id: string, part: number): Promise<string | undefined> {
    const row = await this.schema.row<{ content: Uint8Array }>(
      `SELECT content FROM ${this.schema.name(CHANGES)} WHERE record = ? AND part = ?`,
      [id, part],
    );
    return row && expanded(row.content);
  }

  async insert(entries: readonly Omit<RecordEntry, "undoneBy">[]): Promise<void> {
    await insertRows(
      this.schema,
      RECORDS,
      ["id", "caller", "operator_id", "node", "subject", "params", "changes", "undoes"],
      entries.map((entry) => [
        ...[entry.id, entry.caller, entry.operatorId, entry.node],
        ...[entry.subject, entry.params, entry.changes, entry.undoes],
      ]),
    );
  }

  async insertParts(parts: readonly RecordPart[]): Promise<void> {
    await insertRows(
      this.schema,
      CHANGES,
      ["record", "part", "content"],
      parts.map(({ record, part, content }) => [record, part, compressed(content)]),
    );
  }

  /** Notes which addresses records are about; what is noted already stays. */
  async insertSubjects(rows: readonly { address: string; record: string }[]): Promise<void> {
    await insertRows(
      this.schema,
      SUBJECTS,
      ["address", "record"],
      rows.map(({ address, record }) => [address, record]),
      { again: "ignore" },
    );
  }

  /** A record has grown to so many changes. */
  async count(id: string, changes: number): Promise<void> {
    await this.schema.changed(`UPDATE ${this.schema.name(RECORDS)} SET changes = ? WHERE id = ?`, [
      changes,
      id,
    ]);
  }

  /** Says of a record by which other one it was taken back; null where that one was taken back too. */
  async setUndoneBy(id: string, undoneBy: string | null): Promise<void> {
    await this.schema.changed(
      `UPDATE ${this.schema.name(RECORDS)} SET undone_by = ? WHERE id = ?`,
      [undoneBy, id],
    );
  }

  /** Forgets what was recorded before a time (unix milliseconds). Answers how many records that were. */
  async prune(before: number): Promise<number> {
    const first = firstRecordId(before);
    const older = (column: string) => [{ sql: `${column} < ?`, values: [first] }];
    const [pruned] = await Promise.all([
      deleteWhere(this.schema, RECORDS, older("id")),
      deleteWhere(this.schema, CHANGES, older("record")),
      deleteWhere(this.schema, SUBJECTS, older("record")),
    ]);
    return pruned;
  }

  private async *pages(search: RecordSearch): AsyncGenerator<RecordEntry[]> {
    const { conditions, values } = this.conditions(search);
    const from =
      search.address === undefined
        ? `${this.schema.name(RECORDS)} AS r`
        : `${this.schema.name(SUBJECTS)} AS s JOIN ${this.schema.name(RECORDS)} AS r ON r.id = s.record`;
    for await (const rows of pagesOf<RecordRow>(PAGE, (last) => {
      const behind = last === undefined ? [] : ["r.id < ?"];
      const where = [...conditions, ...behind].join(" AND ");
      return this.schema.rows(
        `SELECT r.* FROM ${from} ${where === "" ? "" : `WHERE ${where}`}
         ORDER BY r.id DESC LIMIT ${PAGE}`,
        last === undefined ? values : [...values, last.id],
      );
    })) {
      yield rows.map(shape);
    }
  }

  private conditions({ address, node, caller, since, until, search }: RecordSearch) {
    const all: [sql: string, value: Value][] = [];
    if (address !== undefined) all.push(["s.address = ?", address]);
    if (node !== undefined) all.push(["r.node = ?", node]);
    if (caller !== undefined) all.push(["r.caller = ?", caller]);
    if (since !== undefined) all.push(["r.id >= ?", firstRecordId(since)]);
    if (until !== undefined) all.push(["r.id < ?", firstRecordId(until)]);
    if (search !== undefined) all.push([this.schema.like("r.subject"), likePattern(search)]);
    return { conditions: all.map(([sql]) => sql), values: all.map(([, value]) => value) };
  }
}

function shape(row: RecordRow): RecordEntry {
  return {
    id: row.id,
    caller: row.caller,
    operatorId: row.operator_id,
    node: row.node,
    subject: row.subject,
    params: row.params,
    changes: Number(row.changes),
    undoneBy: row.undone_by,
    undoes: row.undoes,
  };
}
