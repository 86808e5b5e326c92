import type { Schema } from "../../database/schema";
import { groupBy } from "../../model/group-by";
import type { SipAddress } from "../../model/sip-address";
import type { AddressKeys } from "../bulk/address-keys";
import { deleteAt, rowsAt } from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const TABLE = "usr_preferences";

/** Attributes that Hermes keeps in `usr_preferences`; `cfu` is where calls are forwarded to. */
export type Attribute = "cfu" | "email" | "rpid" | "permittedcalls";

/** The attribute's type as avpops reads it: 0 text, 1 whole number. */
const TYPES: Readonly<Record<Attribute, number>> = { cfu: 0, email: 0, rpid: 0, permittedcalls: 1 };

/** An attribute and the account that has it. */
export interface AttributeEntry {
  readonly address: SipAddress;
  readonly attribute: Attribute;
  readonly value: string;
}

interface PreferenceRow {
  username: string;
  domain: string;
  attribute: string;
  type: number;
  value: string;
}

/** Kamailio's `usr_preferences`: attributes of an account, one row each. */
export class Preferences {
  constructor(private readonly schema: Schema) {}

  async get(address: SipAddress, attribute: Attribute): Promise<string | undefined> {
    // Of two rows Kamailio takes the one it reads last.
    const row = await this.rows(address, attribute).select("value").orderBy("id", "desc").first();
    return row?.value;
  }

  /** Every attribute of an account, by name. */
  async all(address: SipAddress): Promise<Map<string, string>> {
    const rows: Pick<PreferenceRow, "attribute" | "value">[] = await this.schema
      .table<PreferenceRow>(TABLE)
      .where({ ...address })
      .select("attribute", "value")
      .orderBy("id");
    return new Map(rows.map(({ attribute, value }) => [attribute, value]));
  }

  /** Leaves exactly one row with the value, or none. */
  async set(address: SipAddress, attribute: Attribute, value: string | undefined): Promise<void> {
    await this.rows(address, attribute).delete();
    if (value === undefined) return;
    await this.schema.table(TABLE).insert({
      ...address,
      attribute,
      type: TYPES[attribute],
      value,
      last_modified: this.schema.trx.raw("CURRENT_TIMESTAMP"),
    });
  }

  async removeAll(address: SipAddress): Promise<void> {
    await this.schema
      .table(TABLE)
      .where({ ...address })
      .delete();
  }

  /** Every attribute of every one of the accounts, by the account's key. */
  async allOf(
    addresses: readonly SipAddress[],
    keys: AddressKeys,
  ): Promise<Map<string, Map<string, string>>> {
    const rows = await rowsAt<PreferenceRow>(this.schema, TABLE, addresses, {
      select: "username, domain, attribute, value",
      order: "id",
    });
    const found = new Map<string, Map<string, string>>();
    for (const row of rows) {
      const key = keys.of(row);
      const attributes = found.get(key) ?? new Map<string, string>();
      attributes.set(row.attribute, row.value);
      found.set(key, attributes);
    }
    return found;
  }

  async removeAllOf(addresses: readonly SipAddress[]): Promise<void> {
    // A DELETE that finds nothing takes longer than to look, and locks the gaps that rows are put in next.
    const found = await rowsAt<SipAddress>(this.schema, TABLE, addresses, {
      select: "DISTINCT username, domain",
    });
    if (found.length > 0) await deleteAt(this.schema, TABLE, found);
  }

  /** Adds attributes to accounts that do not have them. */
  async insertMany(entries: readonly AttributeEntry[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["username", "domain", "attribute", "type", "value"],
      entries.map(({ address: { username, domain }, attribute, value }) => [
        username,
        domain,
        attribute,
        TYPES[attribute],
        value,
      ]),
      { last_modified: "CURRENT_TIMESTAMP" },
    );
  }

  /** The same as {@link set}, for many. */
  async setMany(entries: readonly AttributeEntry[]): Promise<void> {
    for (const [attribute, group] of groupBy(entries, (entry) => entry.attribute)) {
      const addresses = group.map(({ address }) => address);
      await deleteAt(this.schema, TABLE, addresses, { also: ["attribute = ?", attribute] });
    }
    await this.insertMany(entries);
  }

  /** The longest value that fits. */
  get width(): number {
    return this.schema.width(TABLE, "value");
  }

  private rows(address: SipAddress, attribute: Attribute) {
    return this.schema.table<PreferenceRow>(TABLE).where({ ...address, attribute });
  }
}
