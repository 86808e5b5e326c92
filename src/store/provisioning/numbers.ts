import { setImmediate as respite } from "node:timers/promises";
import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";
import type { NumberRange } from "../../model/number-range";
import { Rows } from "../../model/rows";
import { numberPages } from "./number-pages";
import { matches, randomNumbers } from "./random-numbers";
import { numberSeries } from "./series";
import { lockingRead } from "./skip-locked";

const TABLE = "numbers";

/**
 * Numbers that one statement makes: bounds the time for which nothing else gets a word in. (SQLite
 * keeps the process to itself meanwhile: Ctrl-C is heard between two statements.)
 */
const STATEMENT = 100_000;

/** Numbers that are looked up by one statement: MariaDB makes a slower subquery of a thousand. */
const LOOKED_UP = 900;

/** Rows that one statement removes. */
const REMOVED = 50_000;

/** How often a number is picked that another transaction holds, before one is looked for in order. */
const PICKS = 5;

/** How far a long write has come, in rows. */
export type Progress = (done: number, total: number) => void;

/** The provisioning table `numbers`: the pool of E.164 numbers that nobody has yet. */
export class Numbers {
  constructor(private readonly schema: Schema) {}

  async has(number: string): Promise<boolean> {
    return (await this.numbers().where({ number }).first("number")) !== undefined;
  }

  /** Answers false where the pool has it already. */
  async add(number: string): Promise<boolean> {
    return (await this.insertMany([number])) > 0;
  }

  /** Answers whether it was there. */
  async remove(number: string): Promise<boolean> {
    return (await this.numbers().where({ number }).delete()) > 0;
  }

  /** How many of a range's numbers are in the pool. */
  async countOf({ start, end }: NumberRange): Promise<number> {
    const [row] = await this.schema.rows<{ n: number }>(
      "SELECT COUNT(*) AS n FROM ?? WHERE number BETWEEN ? AND ? AND LENGTH(number) = ?",
      [this.name, start, end, start.length],
    );
    return Number(row?.n ?? 0);
  }

  /** Adds a range's numbers, made by the server itself. Answers how many the pool did not have. */
  async addRange(range: NumberRange, progress?: Progress): Promise<number> {
    if ((await this.countOf(range)) === range.count) return 0;
    const series = await numberSeries(this.schema);
    const first = Number(range.start.slice(1));
    let added = 0;
    for (let done = 0; done < range.count; done += STATEMENT) {
      const size = Math.min(STATEMENT, range.count - done);
      const { sql, bindings } = series(this.name, first + done, size);
      added += await this.schema.changed(sql, bindings);
      progress?.(done + size, range.count);
      await respite();
    }
    return added;
  }

  /** Adds E.164 numbers by one statement. Answers how many the pool did not have. */
  async insertMany(numbers: readonly string[]): Promise<number> {
    if (numbers.length === 0) return 0;
    const ignore = this.schema.kind === "mysql" ? "IGNORE" : "OR IGNORE";
    return this.schema.changed(
      `INSERT ${ignore} INTO ?? (number) VALUES ${numbers.map(() => "(?)").join(",")}`,
      [this.name, ...numbers],
    );
  }

  /** Undoes what `body` does where it answers false; hands its answer on. */
  async inTrial(body: () => Promise<boolean>): Promise<boolean> {
    await this.schema.changed("SAVEPOINT bulk");
    const good = await body();
    if (!good) await this.schema.changed("ROLLBACK TO SAVEPOINT bulk");
    await this.schema.changed("RELEASE SAVEPOINT bulk");
    return good;
  }

  /** Those of the E.164 numbers that are in the pool. */
  async existing(numbers: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let from = 0; from < numbers.length; from += LOOKED_UP) {
      const some = numbers.slice(from, from + LOOKED_UP);
      const rows = await this.schema.rows<{ number: string }>(
        `SELECT number FROM ?? WHERE number IN (${some.map(() => "?").join(",")})`,
        [this.name, ...some],
      );
      for (const { number } of rows) found.add(number);
    }
    return found;
  }

  /** Takes a range's numbers out of the pool, a bounded number by a statement. Answers how many there were. */
  async removeRange({ start, end, count }: NumberRange, progress?: Progress): Promise<number> {
    const range = "number BETWEEN ? AND ? AND LENGTH(number) = ?";
    let removed = 0;
    let from: string | undefined = start;
    while (from !== undefined) {
      const bindings: unknown[] = [this.name, from, end, start.length];
      const [next] = await this.schema.rows<{ number: string }>(
        `SELECT number FROM ?? WHERE ${range} ORDER BY number LIMIT 1 OFFSET ${REMOVED}`,
        bindings,
      );
      removed += await this.schema.changed(
        `DELETE FROM ?? WHERE ${range}${next === undefined ? "" : " AND number < ?"}`,
        next === undefined ? bindings : [...bindings, next.number],
      );
      from = next?.number;
      progress?.(from === undefined ? count : Number(from) - Number(start), count);
      await respite();
    }
    return removed;
  }

  /**
   * A number of the pool in no order, held by this transaction until it ends. Numbers that another
   * transaction holds are passed over, and so are those in `without`.
   */
  async lockRandom(
    search: string | undefined,
    without: ReadonlySet<string>,
  ): Promise<string | undefined> {
    const locking = await lockingRead(this.schema);
    for (let pick = 0; pick < PICKS; pick++) {
      const [number] = await this.random(search, 1);
      if (number === undefined) return undefined;
      if (without.has(number)) continue;
      const held = await this.schema.rows(`SELECT number FROM ?? WHERE number = ? ${locking}`, [
        this.name,
        number,
      ]);
      if (held.length > 0) return number;
    }
    const marks = [...without].map(() => "?").join(",");
    const [row] = await this.schema.rows<{ number: string }>(
      `SELECT number FROM ?? WHERE number > ''
       ${without.size === 0 ? "" : `AND number NOT IN (${marks})`}
       ${search === undefined ? "" : `AND ${matches(this.schema)}`}
       ORDER BY number LIMIT 1 ${locking}`,
      [this.name, ...without, ...(search === undefined ? [] : [likePattern(search)])],
    );
    return row?.number;
  }

  /** The pool, ordered. */
  list(search?: string, limit = Number.POSITIVE_INFINITY): Rows<string> {
    return new Rows(numberPages(this.schema, this.schema.quoted(TABLE), search, limit));
  }

  /** At most `limit` of the pool's numbers, in no order. */
  random(search?: string, limit?: number): Promise<string[]> {
    return randomNumbers(this.schema, this.name, search, limit);
  }

  private get name(): string {
    return this.schema.qualified(TABLE);
  }

  private numbers() {
    return this.schema.table<{ number: string }>(TABLE);
  }
}
