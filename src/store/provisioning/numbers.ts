import { setImmediate as respite } from "node:timers/promises";
import type { Schema } from "../../database/schema";
import {
  countOf,
  joined,
  type NumberRange,
  type NumberRun,
  type NumberSpan,
  numbersOf,
  runsOf,
} from "../../model/number-range";
import { deleteWith, marks, rowsWith } from "../bulk/rows-at";
import { RANGE, rangeValues } from "./number-conditions";
import { numberPage, type PageOf } from "./number-pages";
import { randomNumbers } from "./random-numbers";
import { numberSeries } from "./series";
import { piecesOf, spansOf } from "./spans";

const TABLE = "numbers";

/** Rows that one statement removes. */
const REMOVED = 50_000;

/** Numbers that one statement adds by name. */
const ADDED = 2_000;

/** How far a long write has come, in rows. */
export type Progress = (done: number, total: number) => void;

/** The provisioning table `numbers`: the pool of E.164 numbers that nobody has yet. */
export class Numbers {
  constructor(private readonly schema: Schema) {}

  /** Those of the E.164 numbers that are in the pool. */
  async existing(numbers: readonly string[]): Promise<string[]> {
    const rows = await rowsWith<{ number: string }>(this.schema, TABLE, "number", numbers);
    return rows.map(({ number }) => number);
  }

  /** Those of a range's numbers that are in the pool. */
  async within(range: NumberRange): Promise<NumberRun[]> {
    const row = await this.schema.row<{ n: number }>(
      `SELECT COUNT(*) AS n FROM ${this.name} WHERE ${RANGE}`,
      rangeValues(range),
    );
    const count = Number(row?.n ?? 0);
    if (count === 0) return [];
    if (count === range.count) return [{ start: range.start, end: range.end }];
    const runs: NumberRun[] = [];
    const sql = `SELECT number FROM ${this.name} WHERE ${RANGE} ORDER BY number`;
    for await (const numbers of this.schema.texts(sql, rangeValues(range))) {
      runs.push(...runsOf(numbers));
    }
    return joined(runs);
  }

  /** Adds numbers that the pool does not have; long runs of them are made by the server itself. */
  async insert(spans: readonly NumberSpan[], progress?: Progress): Promise<void> {
    const { series, single } = spansOf(spans);
    const total = spans.reduce((sum, span) => sum + sizeOf(span), 0);
    let done = 0;
    if (series.length > 0) {
      const make = await numberSeries(this.schema);
      for (const span of series) {
        const { sql, values } = make(this.name, span);
        await this.schema.changed(sql, values);
        done += sizeOf(span);
        progress?.(done, total);
        await respite();
      }
    }
    const numbers = single.flatMap((run) => [...numbersOf(run)]);
    const statements: Promise<number>[] = [];
    for (let from = 0; from < numbers.length; from += ADDED) {
      const some = numbers.slice(from, from + ADDED);
      statements.push(
        this.schema.changed(
          `INSERT INTO ${this.name} (number) VALUES ${some.map(() => "(?)").join(",")}`,
          some,
        ),
      );
    }
    await Promise.all(statements);
  }

  /** Takes numbers out of the pool, a bounded number by a statement. */
  async remove(spans: readonly NumberSpan[], progress?: Progress): Promise<void> {
    const numbers = spans.filter(({ start, end }) => start === end).map(({ start }) => start);
    await deleteWith(this.schema, TABLE, "number", numbers);
    for (const span of spans) {
      if (span.start === span.end) continue;
      if (span.without === undefined) await this.removeRun(span, progress);
      else await this.removeHoled(span);
    }
  }

  /** Numbers of the pool in order, as they come. */
  page(of: PageOf): AsyncGenerator<string[]> {
    return numberPage(this.schema, this.name, of);
  }

  /** As many as one statement reads at most: whoever leaves off waits for the rest of these. */
  get pageSize(): number {
    return this.schema.kind === "mysql" ? 1_000_000 : 10_000;
  }

  /** At most `count` of the pool's numbers, in no order. */
  random(search: string | undefined, count: number): Promise<string[]> {
    return randomNumbers(this.schema, this.name, search, count);
  }

  private async removeRun(run: NumberRun, progress?: Progress): Promise<void> {
    const total = countOf(run);
    let from: string | undefined = run.start;
    while (from !== undefined) {
      const values = rangeValues({ start: from, end: run.end });
      const next: { number: string } | undefined = await this.schema.row(
        `SELECT number FROM ${this.name} WHERE ${RANGE} ORDER BY number LIMIT 1 OFFSET ${REMOVED}`,
        values,
      );
      await this.schema.changed(
        `DELETE FROM ${this.name} WHERE ${RANGE}${next === undefined ? "" : " AND number < ?"}`,
        next === undefined ? values : [...values, next.number],
      );
      from = next?.number;
      progress?.(from === undefined ? total : Number(from) - Number(run.start), total);
      await respite();
    }
  }

  private async removeHoled(span: NumberSpan): Promise<void> {
    for (const { without, ...run } of piecesOf(span)) {
      const but = without.length === 0 ? "" : ` AND number NOT IN (${marks(without)})`;
      await this.schema.changed(`DELETE FROM ${this.name} WHERE ${RANGE}${but}`, [
        ...rangeValues(run),
        ...without,
      ]);
      await respite();
    }
  }

  private get name(): string {
    return this.schema.name(TABLE);
  }
}

const sizeOf = ({ without = [], ...run }: NumberSpan) => countOf(run) - without.length;
