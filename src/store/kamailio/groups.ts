import type { Schema } from "../../database/schema";
import type { SipAddress } from "../../model/sip-address";
import { deletePairs, rowsAt } from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const TABLE = "grp";

/** A group that an account is in. */
export interface Membership {
  readonly address: SipAddress;
  readonly group: string;
}

/**
 * Kamailio's `grp`: which groups an account is in, for routes that ask for one (kamctl acl). A site
 * may do without the table, or keep it from Hermes: then there is nothing in it.
 */
export class Groups {
  constructor(private readonly schema: Schema) {}

  /** Every group of every one of the accounts. */
  async of(addresses: readonly SipAddress[]): Promise<Membership[]> {
    if (!this.schema.has(TABLE)) return [];
    const rows = await rowsAt<SipAddress & { grp: string }>(this.schema, TABLE, addresses);
    return rows.map(({ username, domain, grp }) => ({ address: { username, domain }, group: grp }));
  }

  async insert(memberships: readonly Membership[]): Promise<void> {
    if (!this.schema.has(TABLE)) return;
    await insertRows(
      this.schema,
      TABLE,
      ["username", "domain", "grp"],
      memberships.map(({ address: { username, domain }, group }) => [username, domain, group]),
      { constants: { last_modified: "CURRENT_TIMESTAMP" } },
    );
  }

  async remove(memberships: readonly Membership[]): Promise<void> {
    const pairs = memberships.map(({ address, group }) => [address, group] as const);
    await deletePairs(this.schema, TABLE, "grp", pairs);
  }
}
