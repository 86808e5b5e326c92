import type { Schema } from "../../database/schema";
import { digestSecrets } from "../../model/digest";
import type { SipAddress } from "../../model/sip-address";
import type { Preferences } from "./preferences";

const TABLE = "subscriber";

/** An account as Kamailio knows it. */
export interface Subscriber {
  readonly address: SipAddress;
  readonly password: string;
  readonly ha1: string;
  readonly ha1b: string;
  readonly email: string | null;
  readonly rpid: string | null;
  /** Permission bits; undefined where nothing is set and Kamailio's own default applies. */
  readonly permittedcalls: number | undefined;
}

/** What stands in a column where `subscriber` has one, else in an attribute of `usr_preferences`. */
type Extra = "email" | "rpid" | "permittedcalls";

const COLUMNS: Readonly<Record<Extra, string>> = {
  email: "email_address",
  rpid: "rpid",
  permittedcalls: "permittedcalls",
};

type SubscriberRow = Record<string, unknown> & { username: string; domain: string };

/** Kamailio's `subscriber`, table versions 6 and 7, with or without a `permittedcalls` column. */
export class Subscribers {
  constructor(
    private readonly schema: Schema,
    private readonly preferences: Preferences,
  ) {}

  async find(address: SipAddress): Promise<Subscriber | undefined> {
    const row = await this.row(address).first("*");
    if (row === undefined) return undefined;
    const stored = { username: row.username, domain: row.domain };
    const attributes = await this.preferences.all(stored);
    const extra = (name: Extra): unknown => {
      const column = this.column(name);
      return column === undefined ? attributes.get(name) : row[column];
    };
    const permittedcalls = extra("permittedcalls");
    return {
      address: stored,
      password: String(row.password ?? ""),
      ha1: String(row.ha1 ?? ""),
      ha1b: String(row.ha1b ?? ""),
      email: textOrNull(extra("email")),
      rpid: textOrNull(extra("rpid")),
      permittedcalls:
        permittedcalls === undefined || permittedcalls === null
          ? undefined
          : Number.parseInt(String(permittedcalls), 10) || 0,
    };
  }

  async exists(address: SipAddress): Promise<boolean> {
    return (await this.row(address).first("username")) !== undefined;
  }

  async insert(
    address: SipAddress,
    { password, email, permission }: { password: string; email: string; permission: number },
  ): Promise<void> {
    // What the account's name still has in usr_preferences was some earlier account's.
    await this.preferences.removeAll(address);
    const extras: [Extra, string | number][] = [
      ["email", email],
      ["permittedcalls", permission],
    ];
    const columns: Record<string, unknown> = {};
    for (const [name, value] of extras) {
      const column = this.column(name);
      if (column === undefined) await this.preferences.set(address, name, String(value));
      else columns[column] = value;
    }
    await this.schema
      .table(TABLE)
      .insert({ ...address, password, ...digestSecrets(address, password), ...columns });
  }

  /** Password and both digests. `address` must be spelled as stored: the digests are made over it. */
  async setPassword(address: SipAddress, password: string): Promise<void> {
    await this.row(address).update({ password, ...digestSecrets(address, password) });
  }

  setEmail(address: SipAddress, email: string): Promise<void> {
    return this.setExtra(address, "email", email);
  }

  setPermission(address: SipAddress, permission: number): Promise<void> {
    return this.setExtra(address, "permittedcalls", permission);
  }

  /** Removes the account and every attribute of it. Answers whether there was one. */
  async remove(address: SipAddress): Promise<boolean> {
    await this.preferences.removeAll(address);
    return (await this.row(address).delete()) > 0;
  }

  /** The longest password that the site's table holds (25 characters before version 7). */
  get passwordWidth(): number {
    return this.schema.width(TABLE, "password");
  }

  private async setExtra(address: SipAddress, name: Extra, value: string | number): Promise<void> {
    const column = this.column(name);
    if (column === undefined) await this.preferences.set(address, name, String(value));
    else await this.row(address).update({ [column]: value });
  }

  private column(name: Extra): string | undefined {
    return this.schema.has(TABLE, COLUMNS[name]) ? COLUMNS[name] : undefined;
  }

  private row(address: SipAddress) {
    return this.schema.table<SubscriberRow>(TABLE).where({ ...address });
  }
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null || value === "" ? null : String(value);
}
