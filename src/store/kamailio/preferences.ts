import type { Schema } from "../../database/schema";
import type { RowOf } from "../../database/tables";
import { groupBy } from "../../model/group-by";
import type { SipAddress } from "../../model/sip-address";
import { deletePairs, rowsAt } from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const TABLE = "usr_preferences";

/** A value with the type that avpops reads it by: 0 text, 1 whole number, others of other tools. */
export interface AttributeValue {
  readonly type: number;
  readonly value: string;
}

export interface AttributeValues {
  /** One, unless other tools have added more: Kamailio takes the last. */
  readonly values: readonly AttributeValue[];
}

/** An attribute and the account that has it. */
export interface Attribute extends AttributeValues {
  readonly address: SipAddress;
  readonly attribute: string;
}

type PreferenceRow = RowOf<"usr_preferences">;

/** Kamailio's `usr_preferences`: attributes of an account, a row for each value. */
export class Preferences {
  constructor(private readonly schema: Schema) {}

  /** Every attribute of every one of the accounts. */
  async of(addresses: readonly SipAddress[]): Promise<Attribute[]> {
    const rows = await rowsAt<PreferenceRow>(this.schema, TABLE, addresses, {
      select: "username, domain, attribute, type, value",
      order: "id",
    });
    const groups = groupBy(rows, (row) => `${row.attribute} ${row.username}@${row.domain}`);
    return [...groups.values()].map((group) => {
      const { username, domain, attribute } = group[0] as PreferenceRow;
      const values = group.map(({ type, value }) => ({ type: Number(type), value }));
      return { address: { username, domain }, attribute, values };
    });
  }

  async insert(attributes: readonly Attribute[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["username", "domain", "attribute", "type", "value"],
      attributes.flatMap(({ address: { username, domain }, attribute, values }) =>
        values.map(({ type, value }) => [username, domain, attribute, type, value]),
      ),
      { constants: { last_modified: "CURRENT_TIMESTAMP" } },
    );
  }

  /** Takes these attributes from their accounts. */
  async remove(attributes: readonly Pick<Attribute, "address" | "attribute">[]): Promise<void> {
    const pairs = attributes.map(({ address, attribute }) => [address, attribute] as const);
    await deletePairs(this.schema, TABLE, "attribute", pairs);
  }

  /** The longest value that fits. */
  get width(): number {
    return this.schema.width(TABLE, "value");
  }
}
