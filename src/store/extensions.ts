import type { Schema } from "../database/schema";
import type { TableName } from "../database/tables";
import type { SipAddress } from "../model/sip-address";
import { rowsWith } from "./bulk/rows-at";

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
      meanings(kamailio, "subscriber", "username", usernames),
      meanings(provisioning, "users", "username", usernames),
      meanings(kamailio, "dbaliases", "alias_username", usernames),
    ]);
    return found.flat();
  }
}

async function meanings(
  schema: Schema,
  table: TableName,
  column: string,
  values: readonly string[],
): Promise<Meaning[]> {
  const select = `${column} AS name, username, domain`;
  const rows = await rowsWith<SipAddress & { name: string }>(schema, table, column, values, {
    select,
  });
  return rows.map(({ name, username, domain }) => ({ name, address: { username, domain } }));
}

/** A user part and an address that it may mean. */
interface Meaning {
  readonly name: string;
  readonly address: SipAddress;
}
