import type { Schema } from "../database/schema";
import { looksLikeE164 } from "../model/e164-form";
import type { NumberRun } from "../model/number-range";
import type { SipAddress } from "../model/sip-address";
import { rowsWhere, valueConditions } from "./bulk/rows-at";

/** Which numbers are somebody's: an alias or an account of Kamailio's has them for its user part. */
export class NumberUse {
  constructor(private readonly kamailio: Schema) {}

  /** The accounts that are named by any of the numbers. */
  accountsNamed(numbers: readonly string[]): Promise<SipAddress[]> {
    return rowsWhere<SipAddress>(
      this.kamailio,
      valueConditions("username", numbers),
      (where) => `SELECT username, domain FROM ${this.kamailio.name("subscriber")} WHERE ${where}`,
    );
  }

  /** Numbers of a run that are in use. */
  async within({ start, end }: NumberRun): Promise<string[]> {
    const used = await Promise.all([
      this.between("dbaliases", "alias_username", start, end),
      this.between("subscriber", "username", start, end),
    ]);
    return [...new Set(used.flat())].filter(
      (number) => looksLikeE164(number) && number.length === start.length,
    );
  }

  private async between(
    table: string,
    column: string,
    start: string,
    end: string,
  ): Promise<string[]> {
    const sql = `SELECT ${column} FROM ${this.kamailio.name(table)} WHERE ${column} BETWEEN ? AND ?`;
    const numbers: string[] = [];
    for await (const some of this.kamailio.texts(sql, [start, end])) numbers.push(...some);
    return numbers;
  }
}
