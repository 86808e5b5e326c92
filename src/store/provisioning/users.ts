import type { Schema } from "../../database/schema";
import { likePattern } from "../../model/glob";
import type { SipAddress } from "../../model/sip-address";
import type { AddressKeys } from "../bulk/address-keys";
import { rowsAt } from "../bulk/rows-at";
import { insertRows, type RowChange, updateRows } from "../bulk/write-rows";

const TABLE = "users";

/** What a phone is told of its account, beside the address. */
export interface PhoneSettings {
  readonly password: string;
  readonly authid: string;
  readonly registrar: string;
  readonly r_port: number;
  readonly proxy: string;
  readonly p_port: number;
  readonly dialplan: string | null;
  readonly displayname: string | null;
  readonly linetext: string | null;
}

/** An account as phones are configured from it. */
export interface ProvisionedUser extends PhoneSettings {
  readonly address: SipAddress;
}

export type UserRow = PhoneSettings & { username: string; domain: string };

/** Settings that Kamailio has no part in: all but the password. */
export const PROVISIONED_ALONE = [
  "authid",
  "registrar",
  "r_port",
  "proxy",
  "p_port",
  "dialplan",
  "displayname",
  "linetext",
] as const satisfies readonly (keyof PhoneSettings)[];

const SETTINGS = ["password", ...PROVISIONED_ALONE] as const;

export const USER_COLUMNS = ["username", "domain", ...SETTINGS] as const;

/** New settings of an account; what is left out stays. */
export interface UserChange extends RowChange {
  readonly values: Readonly<Partial<PhoneSettings>>;
}

/** The provisioning table `users`: local accounts and remote ones. */
export class Users {
  constructor(private readonly schema: Schema) {}

  async find(address: SipAddress): Promise<ProvisionedUser | undefined> {
    const row = await this.row(address).first("*");
    return row === undefined ? undefined : userOf(row as UserRow);
  }

  /** Those of many accounts that there are, by their keys. */
  async findMany(
    addresses: readonly SipAddress[],
    keys: AddressKeys,
  ): Promise<Map<string, ProvisionedUser>> {
    const rows = await rowsAt<UserRow>(this.schema, TABLE, addresses);
    return new Map(rows.map((row) => [keys.of(row), userOf(row)]));
  }

  /** Every account, ordered by user part and domain. */
  async *pages(size: number, search?: string): AsyncGenerator<ProvisionedUser[]> {
    let last: SipAddress | undefined;
    for (;;) {
      const query = this.schema
        .table<UserRow>(TABLE)
        .select("*")
        .orderBy(["username", "domain"])
        .limit(size);
      if (last !== undefined) {
        const { username, domain } = last;
        query.whereRaw("(username > ? OR (username = ? AND domain > ?))", [
          username,
          username,
          domain,
        ]);
      }
      if (search !== undefined) {
        query.whereRaw(this.schema.like("?"), [this.schema.addressText(), likePattern(search)]);
      }
      const rows = (await query) as unknown as UserRow[];
      if (rows.length > 0) yield rows.map(userOf);
      if (rows.length < size) return;
      last = rows.at(-1);
    }
  }

  async exists(address: SipAddress): Promise<boolean> {
    return (await this.row(address).first("username")) !== undefined;
  }

  async insert(address: SipAddress, settings: PhoneSettings): Promise<void> {
    await this.schema.table(TABLE).insert({ ...address, ...settings });
  }

  /** Adds accounts that there are none of yet. */
  async insertMany(users: readonly ProvisionedUser[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["username", "domain", ...SETTINGS],
      users.map((user) => [
        user.address.username,
        user.address.domain,
        ...SETTINGS.map((name) => user[name]),
      ]),
    );
  }

  /** Changes many accounts, each in the settings that are given for it. */
  async updateMany(changes: readonly UserChange[]): Promise<void> {
    await updateRows(this.schema, TABLE, changes);
  }

  async update(address: SipAddress, changes: Partial<PhoneSettings>): Promise<void> {
    await this.row(address).update(changes);
  }

  /** Answers whether there was one. */
  async remove(address: SipAddress): Promise<boolean> {
    return (await this.row(address).delete()) > 0;
  }

  private row(address: SipAddress) {
    return this.schema.table<UserRow>(TABLE).where({ ...address });
  }
}

export function userOf({ username, domain, ...settings }: UserRow): ProvisionedUser {
  return { address: { username, domain }, ...settings };
}
