import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";
import type { NumberRun } from "../../model/number-range";
import type { HeldNumber, HeldValues } from "../../model/number-state";
import { deleteWith, rowsWhere, valueConditions } from "../bulk/rows-at";
import { insertRows, updateRow } from "../bulk/write-rows";
import { matches, RANGE, rangeValues } from "./number-conditions";

const TABLE = "held_numbers";

/** A held number, and what time it was to the database when it was read. */
export interface HeldRow extends HeldNumber {
  readonly now: number;
}

/**
 * The provisioning table `held_numbers`: numbers out of the pool that come back, reserved or resting.
 * One whose time is over counts as free; the next writer puts it back.
 */
export class HeldNumbers {
  constructor(private readonly schema: Schema) {}

  /** Those of the numbers that are held. */
  findMany(numbers: readonly string[]): Promise<HeldRow[]> {
    return rowsWhere(this.schema, valueConditions("number", numbers), (where) =>
      this.select(where),
    );
  }

  /** Those of a run's numbers that are held. */
  within(run: NumberRun): Promise<HeldRow[]> {
    return this.schema.rows(this.select(`${RANGE} ORDER BY number`), rangeValues(run));
  }

  /** Numbers whose time is over, in order, `most` at most. */
  due(search: string | undefined, most: number): Promise<HeldRow[]> {
    const filter = search === undefined ? "" : `AND ${matches(this.schema)}`;
    return this.schema.rows(
      this.select(`until <= ${this.schema.unixNow} ${filter} ORDER BY number LIMIT ${most}`),
      search === undefined ? [] : [likePattern(search)],
    );
  }

  /** How many are in which state; those whose time is over are as good as free. */
  async counts(): Promise<{ due: number } & Record<HeldValues["state"], number>> {
    const counts = { due: 0, reserved: 0, quarantined: 0 };
    const rows = await this.schema.rows<{ state: keyof typeof counts; n: number }>(
      `SELECT CASE WHEN until <= ${this.schema.unixNow} THEN 'due' ELSE state END AS state,
              COUNT(*) AS n
       FROM ${this.schema.name(TABLE)} GROUP BY 1`,
    );
    for (const { state, n } of rows) counts[state] = Number(n);
    return counts;
  }

  /** The next numbers behind one, in order. */
  page(after: string, most: number, search: string | undefined): Promise<HeldRow[]> {
    const filter = search === undefined ? "" : `AND ${matches(this.schema)}`;
    return this.schema.rows(
      this.select(`number > ? ${filter} ORDER BY number LIMIT ${most}`),
      search === undefined ? [after] : [after, likePattern(search)],
    );
  }

  async insert(numbers: readonly HeldNumber[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["number", "state", "until", "note"],
      numbers.map(({ number, state, until, note }) => [number, state, until, note]),
    );
  }

  async update(number: string, values: Partial<HeldValues>): Promise<void> {
    await updateRow(this.schema, TABLE, { number }, values);
  }

  async remove(numbers: readonly string[]): Promise<void> {
    await deleteWith(this.schema, TABLE, "number", numbers);
  }

  private select(where: string): string {
    return `SELECT number, state, until, note, ${this.schema.unixNow} AS now
            FROM ${this.schema.name(TABLE)} WHERE ${where}`;
  }
}
