import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";
import type { NumberRange } from "../../model/number-range";
import { Rows } from "../../model/rows";
import { randomNumbers } from "./random-numbers";
import { numberSeries } from "./series";

const TABLE = "numbers";

/** Numbers that one statement makes: bounds the time for which nothing else gets a word in. */
const STATEMENT = 100_000;

/** Numbers that the server sends as one text: a row a number would cost more than the number. */
const PAGE = 5_000;

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
    if (await this.has(number)) return false;
    await this.numbers().insert({ number });
    return true;
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
    }
    return added;
  }

  /** The pool, ordered. */
  list(search?: string, limit = Number.POSITIVE_INFINITY): Rows<string> {
    return new Rows(this.pages(search, limit));
  }

  /** At most `limit` of the pool's numbers, in no order. */
  random(search?: string, limit?: number): Promise<string[]> {
    return randomNumbers(this.schema, this.name, search, limit);
  }

  private async *pages(search: string | undefined, limit: number): AsyncGenerator<string[]> {
    const joined =
      this.schema.kind === "mysql"
        ? "GROUP_CONCAT(number ORDER BY number SEPARATOR ' ')"
        : "GROUP_CONCAT(number, ' ')";
    if (this.schema.kind === "mysql") {
      await this.schema.changed("SET SESSION group_concat_max_len = 1048576");
    }
    const filter = search === undefined ? "" : "AND number LIKE ? ESCAPE '|'";
    const pattern = search === undefined ? [] : [likePattern(search)];
    let last = "";
    for (let left = limit; left > 0; ) {
      const size = Math.min(PAGE, left);
      const [row] = await this.schema.rows<{ page: string | null }>(
        `SELECT ${joined} AS page FROM
         (SELECT number FROM ?? WHERE number > ? ${filter} ORDER BY number LIMIT ${size}) AS numbers`,
        [this.name, last, ...pattern],
      );
      const page = row?.page?.split(" ") ?? [];
      if (page.length > 0) yield page;
      if (page.length < size) return;
      last = page.at(-1) as string;
      left -= page.length;
    }
  }

  private get name(): string {
    return this.schema.qualified(TABLE);
  }

  private numbers() {
    return this.schema.table<{ number: string }>(TABLE);
  }
}
