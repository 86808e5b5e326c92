import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";
import { Rows } from "../../model/rows";
import { formatSipAddress, type SipAddress } from "../../model/sip-address";
import { rowsAt } from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const TABLE = "phones";

type PhoneRow = { mac: string; username: string; domain: string };

/** A phone and one of the accounts that it has. */
export interface PhoneOfAccount {
  readonly mac: string;
  readonly address: SipAddress;
}

/** The provisioning table `phones`: which accounts a desk phone has. */
export class Phones {
  constructor(private readonly schema: Schema) {}

  /** MAC addresses of the phones that have the account. */
  async macsOf(address: SipAddress): Promise<string[]> {
    const rows: { mac: string }[] = await this.phones()
      .where({ ...address })
      .select("mac")
      .orderBy("mac");
    return rows.map(({ mac }) => mac);
  }

  /** Addresses of the accounts that the phone has. */
  async usersOf(mac: string): Promise<string[]> {
    const rows: PhoneRow[] = await this.phones().where({ mac }).select("username", "domain");
    return rows.map(formatSipAddress).sort();
  }

  async has(mac: string, address: SipAddress): Promise<boolean> {
    return (
      (await this.phones()
        .where({ mac, ...address })
        .first("mac")) !== undefined
    );
  }

  async add(mac: string, address: SipAddress): Promise<void> {
    await this.phones().insert({ mac, ...address });
  }

  /** Answers whether there was one. */
  async remove(mac: string, address: SipAddress): Promise<boolean> {
    return (
      (await this.phones()
        .where({ mac, ...address })
        .delete()) > 0
    );
  }

  /** Every phone once, ordered by MAC address. */
  list(search?: string): Rows<string> {
    const query = this.phones().distinct("mac").orderBy("mac");
    if (search !== undefined) query.whereRaw(this.matches, [likePattern(search)]);
    return Rows.of<PhoneRow, string>(this.schema.stream(query), ({ mac }) => mac);
  }

  /** Every phone of many accounts. */
  async ofMany(addresses: readonly SipAddress[]): Promise<PhoneOfAccount[]> {
    const rows = await rowsAt<PhoneRow>(this.schema, TABLE, addresses);
    return rows.map(({ mac, username, domain }) => ({ mac, address: { username, domain } }));
  }

  /** Gives phones accounts that they do not have yet. */
  async insertMany(phones: readonly PhoneOfAccount[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["mac", "username", "domain"],
      phones.map(({ mac, address: { username, domain } }) => [mac, username, domain]),
    );
  }

  /** Every phone with every account of it, ordered by MAC address. */
  pairs(search?: string): Rows<{ mac: string; user: string }> {
    const query = this.phones().select("*").orderBy(["mac", "username", "domain"]);
    if (search !== undefined) query.whereRaw(this.matches, [likePattern(search)]);
    return Rows.of<PhoneRow, { mac: string; user: string }>(
      this.schema.stream(query),
      ({ mac, ...address }) => ({ mac, user: formatSipAddress(address) }),
    );
  }

  private get matches(): string {
    return this.schema.like("mac");
  }

  private phones() {
    return this.schema.table<PhoneRow>(TABLE);
  }
}
