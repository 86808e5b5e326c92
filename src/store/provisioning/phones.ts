import type { Schema } from "../../database/schema";
import type { RowOf } from "../../database/tables";
import { likePattern } from "../../model/glob";
import { Rows } from "../../model/rows";
import { formatSipAddress, type SipAddress } from "../../model/sip-address";
import { pagesOf } from "../bulk/pages";
import { deletePairs, rowsAt, rowsWith } from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const TABLE = "phones";

/** Phones that are read together. */
const PAGE = 300;

type PhoneRow = RowOf<"phones">;

/** A phone, an account of it, and what is said of the phone. */
type PairRow = {
  readonly mac: string;
  readonly user: string;
  readonly vendor: string | null;
  readonly model: string | null;
};

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
    const order = "username, domain";
    return (await rowsWith<PhoneRow>(this.schema, TABLE, "mac", macs, { order })).map(shape);
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
    const pairs = phones.map(({ mac, address }) => [address, mac] as const);
    await deletePairs(this.schema, TABLE, "mac", pairs);
  }

  /** Every phone once, ordered by MAC address. */
  list(search?: string): Rows<string> {
    const { sql, values } = this.matching(search);
    const rows = this.schema.stream<{ mac: string }>(
      `SELECT DISTINCT p.mac FROM ${this.schema.name(TABLE)} AS p ${sql} ORDER BY p.mac`,
      values,
    );
    return new Rows(rows).map(({ mac }) => mac);
  }

  /** The MAC address of every phone, in their order, a page at a time. */
  async *pages(): AsyncGenerator<string[]> {
    const { schema } = this;
    for await (const rows of pagesOf<{ mac: string }>(PAGE, (last) =>
      schema.rows(
        `SELECT DISTINCT mac FROM ${schema.name(TABLE)} WHERE mac > ? ORDER BY mac LIMIT ${PAGE}`,
        [last?.mac ?? ""],
      ),
    )) {
      yield rows.map(({ mac }) => mac);
    }
  }

  /** Every phone with every account of it and what it is, ordered by MAC address. */
  pairs(search?: string): Rows<PairRow> {
    const { sql, values } = this.matching(search);
    const rows = this.schema.stream<PhoneRow & Pick<PairRow, "vendor" | "model">>(
      `SELECT p.mac, p.username, p.domain, m.vendor, m.model
       FROM ${this.schema.name(TABLE)} AS p
       LEFT JOIN ${this.schema.name("phone_models")} AS m ON m.mac = p.mac
       ${sql} ORDER BY p.mac, p.username, p.domain`,
      values,
    );
    return new Rows(rows).map(({ mac, vendor, model, ...address }) => ({
      mac,
      user: formatSipAddress(address),
      vendor,
      model,
    }));
  }

  private matching(search: string | undefined) {
    if (search === undefined) return { sql: "", values: [] };
    return { sql: `WHERE ${this.schema.like("p.mac")}`, values: [likePattern(search)] };
  }
}

const shape = ({ mac, username, domain }: PhoneRow): PhoneOfAccount => ({
  mac,
  address: { username, domain },
});
