import type { Schema } from "../../database/schema";
import type { SipAddress } from "../../model/sip-address";

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

type UserRow = PhoneSettings & { username: string; domain: string };

/** The provisioning table `users`: local accounts and remote ones. */
export class Users {
  constructor(private readonly schema: Schema) {}

  async find(address: SipAddress): Promise<ProvisionedUser | undefined> {
    const row = await this.row(address).first("*");
    if (row === undefined) return undefined;
    const { username, domain, ...settings } = row as UserRow;
    return { address: { username, domain }, ...settings };
  }

  async exists(address: SipAddress): Promise<boolean> {
    return (await this.row(address).first("username")) !== undefined;
  }

  async insert(address: SipAddress, settings: PhoneSettings): Promise<void> {
    await this.schema.table(TABLE).insert({ ...address, ...settings });
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
