import type { Schema } from "../database/schema";
import type { SipAddress } from "../model/sip-address";
import { rowsWhere, valueConditions } from "./bulk/rows-at";

/** Where a user part alone may be an extension, over both databases. */
export class Extensions {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
  ) {}

  /** What the user parts may mean, in any domain: accounts of that name, and what such aliases lead to. */
  async named(usernames: readonly string[]): Promise<Meaning[]> {
    const { kamailio, provisioning } = this;
    const found = await Promise.all([
      this.meanings(kamailio, kamailio.name("subscriber"), "username", usernames),
      this.meanings(provisioning, provisioning.name("users"), "username", usernames),
      this.meanings(kamailio, kamailio.name("dbaliases"), "alias_username", usernames),
    ]);
    return found.flat();
  }

  private async meanings(
    schema: Schema,
    table: string,
    column: string,
    values: readonly string[],
  ): Promise<Meaning[]> {
    const rows = await rowsWhere<SipAddress & { name: string }>(
      schema,
      valueConditions(column, values),
      (where) => `SELECT ${column} AS name, username, domain FROM ${table} WHERE ${where}`,
    );
    return rows.map(({ name, username, domain }) => ({ name, address: { username, domain } }));
  }
}

/** A user part and an address that it may mean. */
interface Meaning {
  readonly name: string;
  readonly address: SipAddress;
}
