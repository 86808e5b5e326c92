import type { Schema } from "../database/schema";
import type { TableName } from "../database/tables";
import { looksLikeE164 } from "../model/e164-form";
import { likePattern } from "../model/glob";
import type { NumberRun } from "../model/number-range";
import type { SipAddress } from "../model/sip-address";
import { rowsWith } from "./bulk/rows-at";
import { isE164 } from "./kamailio/e164-condition";

/** Where a number can be somebody's name: a table, and its column of user parts. */
interface Names {
  readonly table: TableName;
  readonly column: string;
}

const ALIASES: Names = { table: "dbaliases", column: "alias_username" };
const ACCOUNTS: Names = { table: "subscriber", column: "username" };

/** Which numbers are somebody's: an alias or an account of Kamailio's has them for its user part. */
export class NumberUse {
  constructor(private readonly kamailio: Schema) {}

  /** The accounts that are named by any of the numbers. */
  accountsNamed(numbers: readonly string[]): Promise<SipAddress[]> {
    const { table, column } = ACCOUNTS;
    return rowsWith(this.kamailio, table, column, numbers, { select: "username, domain" });
  }

  /** Those of the numbers that are in use. */
  async among(numbers: readonly string[]): Promise<Set<string>> {
    const used = await Promise.all(
      [ALIASES, ACCOUNTS].map(({ table, column }) =>
        rowsWith<{ number: string }>(this.kamailio, table, column, numbers, {
          select: `${column} AS number`,
        }),
      ),
    );
    return new Set(used.flat().map(({ number }) => number));
  }

  /** Numbers of a run that are in use, in order. */
  async within(run: NumberRun): Promise<string[]> {
    const numbers = new Set<string>();
    for await (const some of this.between(run.start, run.end)) {
      for (const number of some) {
        if (looksLikeE164(number) && number.length === run.start.length) numbers.add(number);
      }
    }
    return [...numbers].sort();
  }

  /** The first numbers behind one that are in use, and up to where these are all; without end, everywhere. */
  async behind(
    after: string,
    most: number,
    search: string | undefined,
  ): Promise<{ numbers: Set<string>; to: string | undefined }> {
    const pages = await Promise.all([
      this.aliases(after, most, search),
      this.accounts(after, most, search),
    ]);
    const ends = pages.flatMap((page) => (page.length < most ? [] : (page.at(-1) ?? [])));
    return { numbers: new Set(pages.flat()), to: ends.sort()[0] };
  }

  /** User parts from one text to another, numbers that are in use among them; as they come, some twice. */
  private async *between(first: string, last: string): AsyncGenerator<string[]> {
    for (const { table, column } of [ALIASES, ACCOUNTS]) {
      yield* this.kamailio.texts(
        `SELECT ${column} FROM ${this.kamailio.name(table)} WHERE ${column} BETWEEN ? AND ?`,
        [first, last],
      );
    }
  }

  /** The next numbers behind one that are aliases, in order, each once. */
  aliases(after: string, most: number, search: string | undefined): Promise<string[]> {
    return this.page(ALIASES, after, most, search);
  }

  /** The next numbers behind one that are accounts, in order, each once. */
  accounts(after: string, most: number, search: string | undefined): Promise<string[]> {
    return this.page(ACCOUNTS, after, most, search);
  }

  /** How many numbers are an alias, in whatever domain, or an account's name alone. */
  async count(): Promise<number> {
    const { kamailio } = this;
    const [aliases, accounts] = [kamailio.name(ALIASES.table), kamailio.name(ACCOUNTS.table)];
    const counts = await Promise.all([
      kamailio.row<{ n: number }>(
        `SELECT COUNT(DISTINCT a.alias_username) AS n FROM ${aliases} AS a
         WHERE ${isE164(kamailio, "a.alias_username")}`,
      ),
      kamailio.row<{ n: number }>(
        `SELECT COUNT(DISTINCT s.username) AS n FROM ${accounts} AS s
         WHERE ${isE164(kamailio, "s.username")}
         AND NOT EXISTS (SELECT 1 FROM ${aliases} AS a WHERE a.alias_username = s.username)`,
      ),
    ]);
    return counts.reduce((sum, row) => sum + Number(row?.n ?? 0), 0);
  }

  private async page(
    { table, column }: Names,
    after: string,
    most: number,
    search: string | undefined,
  ): Promise<string[]> {
    const { kamailio } = this;
    const filter = search === undefined ? "" : `AND ${kamailio.like(column)}`;
    const rows = await kamailio.rows<{ number: string }>(
      `SELECT ${column} AS number FROM ${kamailio.name(table)}
       WHERE ${column} > ? AND ${isE164(kamailio, column)} ${filter}
       GROUP BY ${column} ORDER BY ${column} LIMIT ${most}`,
      search === undefined ? [after] : [after, likePattern(search)],
    );
    return rows.map(({ number }) => number);
  }
}
