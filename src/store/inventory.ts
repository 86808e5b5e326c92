import type { Schema } from "../database/schema";
import type { SipAddress } from "../model/sip-address";

/** Keys that are read at once. */
const PAGE = 900;

/** What stands in whole tables, in order and a page at a time: rows may be looked up and changed between pages. */
export class Inventory {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
  ) {}

  /** Every address that a table has rows for, each once. */
  async *addresses(
    side: "kamailio" | "provisioning",
    table: string,
    { username, domain }: SipAddress = { username: "username", domain: "domain" },
  ): AsyncGenerator<SipAddress[]> {
    const schema = this[side];
    if (!schema.has(table)) return;
    let last: SipAddress | undefined;
    for (;;) {
      const behind =
        last === undefined ? "" : `WHERE ${username} > ? OR (${username} = ? AND ${domain} > ?)`;
      const page: SipAddress[] = await schema.rows<SipAddress>(
        `SELECT DISTINCT ${username} AS username, ${domain} AS domain FROM ${schema.name(table)}
         ${behind} ORDER BY ${username}, ${domain} LIMIT ${PAGE}`,
        last === undefined ? [] : [last.username, last.username, last.domain],
      );
      if (page.length > 0) yield page.map(({ username, domain }) => ({ username, domain }));
      if (page.length < PAGE) return;
      last = page.at(-1);
    }
  }

  /** Every value of a column of a provisioning table, each once. */
  async *values(table: string, column: string): AsyncGenerator<string[]> {
    let last: string | undefined;
    for (;;) {
      const page: { value: string }[] = await this.provisioning.rows<{ value: string }>(
        `SELECT DISTINCT ${column} AS value FROM ${this.provisioning.name(table)}
         ${last === undefined ? "" : `WHERE ${column} > ?`} ORDER BY ${column} LIMIT ${PAGE}`,
        last === undefined ? [] : [last],
      );
      if (page.length > 0) yield page.map(({ value }) => value);
      if (page.length < PAGE) return;
      last = page.at(-1)?.value;
    }
  }
}
