import type { Schema } from "../database/schema";
import type { SipAddress } from "../model/sip-address";
import { pagesOf } from "./bulk/pages";

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
    for await (const page of pagesOf<SipAddress>(PAGE, (last) =>
      schema.rows(
        `SELECT DISTINCT ${username} AS username, ${domain} AS domain FROM ${schema.name(table)}
         ${last === undefined ? "" : `WHERE ${username} > ? OR (${username} = ? AND ${domain} > ?)`}
         ORDER BY ${username}, ${domain} LIMIT ${PAGE}`,
        last === undefined ? [] : [last.username, last.username, last.domain],
      ),
    )) {
      yield page.map(({ username, domain }) => ({ username, domain }));
    }
  }

  /** Every value of a column of a provisioning table, each once. */
  async *values(table: string, column: string): AsyncGenerator<string[]> {
    for await (const page of pagesOf<{ value: string }>(PAGE, (last) =>
      this.provisioning.rows(
        `SELECT DISTINCT ${column} AS value FROM ${this.provisioning.name(table)}
         ${last === undefined ? "" : `WHERE ${column} > ?`} ORDER BY ${column} LIMIT ${PAGE}`,
        last === undefined ? [] : [last.value],
      ),
    )) {
      yield page.map(({ value }) => value);
    }
  }
}
