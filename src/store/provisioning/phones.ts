import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";
import { groupBy } from "../../model/group-by";
import { Rows } from "../../model/rows";
import { formatSipAddress, type SipAddress } from "../../model/sip-address";
import {
  addressConditions,
  deleteWhere,
  rowsAt,
  rowsWhere,
  valueConditions,
} from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const TABLE = "phones";

type PhoneRow = { mac: string } & SipAddress;

/** A phone and one of the accounts that it has. */
export interface PhoneOfAccount {
  readonly mac: string;
  readonly address: SipAddress;
}

/** The provisioning table `phones`: which accounts a desk phone has. */
export class Phones {
  constructor(private readonly schema: Schema) {}

  /** Every phone of the accounts, ordered by MAC address. */
  async of(addresses: readonly SipAddress[]): Promise<PhoneOfAccount[]> {
    return (await rowsAt<PhoneRow>(this.schema, TABLE, addresses, { order: "mac" })).map(shape);
  }

  /** The accounts that the phones have. */
  async withMacs(macs: readonly string[]): Promise<PhoneOfAccount[]> {
    const rows = await rowsWhere<PhoneRow>(
      this.schema,
      valueConditions("mac", macs),
      (where) =>
        `SELECT * FROM ${this.schema.name(TABLE)} WHERE ${where} ORDER BY username, domain`,
    );
    return rows.map(shape);
  }

  async insert(phones: readonly PhoneOfAccount[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["mac", "username", "domain"],
      phones.map(({ mac, address: { username, domain } }) => [mac, username, domain]),
    );
  }

  /** Takes accounts from phones. */
  async remove(phones: readonly PhoneOfAccount[]): Promise<void> {
    const removals = [...groupBy(phones, ({ mac }) => mac)].map(([mac, group]) => {
      const addresses = group.map(({ address }) => address);
      const conditions = [...addressConditions(addresses)].map(({ sql, values }) => ({
        sql: `mac = ? AND ${sql}`,
        values: [mac, ...values],
      }));
      return deleteWhere(this.schema, TABLE, conditions);
    });
    await Promise.all(removals);
  }

  /** Every phone once, ordered by MAC address. */
  list(search?: string): Rows<string> {
    const { sql, values } = this.matching(search);
    const rows = this.schema.stream<{ mac: string }>(
      `SELECT DISTINCT mac FROM ${this.schema.name(TABLE)} ${sql} ORDER BY mac`,
      values,
    );
    return new Rows(rows).map(({ mac }) => mac);
  }

  /** Every phone with every account of it, ordered by MAC address. */
  pairs(search?: string): Rows<{ mac: string; user: string }> {
    const { sql, values } = this.matching(search);
    const rows = this.schema.stream<PhoneRow>(
      `SELECT * FROM ${this.schema.name(TABLE)} ${sql} ORDER BY mac, username, domain`,
      values,
    );
    return new Rows(rows).map(({ mac, ...address }) => ({ mac, user: formatSipAddress(address) }));
  }

  private matching(search: string | undefined) {
    if (search === undefined) return { sql: "", values: [] };
    return { sql: `WHERE ${this.schema.like("mac")}`, values: [likePattern(search)] };
  }
}

const shape = ({ mac, username, domain }: PhoneRow): PhoneOfAccount => ({
  mac,
  address: { username, domain },
});
