import type { Schema } from "../../database/schema";
import { digestSecrets } from "../../model/digest";
import type { SipAddress } from "../../model/sip-address";
import type { AddressKeys } from "../bulk/address-keys";
import { rowsAt } from "../bulk/rows-at";
import { insertRows, type RowChange, updateRows } from "../bulk/write-rows";
import type { AttributeEntry, Preferences } from "./preferences";

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

const EXTRAS: readonly Extra[] = ["email", "rpid", "permittedcalls"];

const COLUMNS: Readonly<Record<Extra, string>> = {
  email: "email_address",
  rpid: "rpid",
  permittedcalls: "permittedcalls",
};

export type SubscriberRow = Record<string, unknown> & { username: string; domain: string };

/** Kamailio's `subscriber`, table versions 6 and 7, with or without a `permittedcalls` column. */
export class Subscribers {
  constructor(
    private readonly schema: Schema,
    private readonly preferences: Preferences,
  ) {}

  async find(address: SipAddress): Promise<Subscriber | undefined> {
    const row = await this.row(address).first("*");
    return row === undefined ? undefined : this.complete(row);
  }

  /** An account from its row: what the row lacks is looked up. */
  async complete(row: SubscriberRow): Promise<Subscriber> {
    const apart = EXTRAS.some((name) => this.column(name) === undefined);
    const { username, domain } = row;
    return this.shape(row, apart ? await this.preferences.all({ username, domain }) : new Map());
  }

  /** Those of many accounts that there are, by their keys. */
  async findMany(
    addresses: readonly SipAddress[],
    keys: AddressKeys,
  ): Promise<Map<string, Subscriber>> {
    const rows = await rowsAt<SubscriberRow>(this.schema, TABLE, addresses);
    const apart = EXTRAS.some((name) => this.column(name) === undefined);
    const attributes = apart
      ? await this.preferences.allOf(
          rows.map(({ username, domain }) => ({ username, domain })),
          keys,
        )
      : undefined;
    return new Map(
      rows.map((row) => {
        const key = keys.of(row);
        return [key, this.shape(row, attributes?.get(key) ?? new Map())];
      }),
    );
  }

  /** How those of many accounts that there are are spelled, by their keys. */
  async spellings(
    addresses: readonly SipAddress[],
    keys: AddressKeys,
  ): Promise<Map<string, SipAddress>> {
    const rows = await rowsAt<SipAddress>(this.schema, TABLE, addresses, {
      select: "username, domain",
    });
    return new Map(
      rows.map(({ username, domain }) => [keys.of({ username, domain }), { username, domain }]),
    );
  }

  private shape(row: SubscriberRow, attributes: ReadonlyMap<string, string>): Subscriber {
    const extra = (name: Extra): unknown => {
      const column = this.column(name);
      return column === undefined ? attributes.get(name) : row[column];
    };
    const permittedcalls = extra("permittedcalls");
    return {
      address: { username: row.username, domain: row.domain },
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
    const attributes: AttributeEntry[] = [];
    for (const [name, value] of extras) {
      const column = this.column(name);
      if (column === undefined) attributes.push({ address, attribute: name, value: String(value) });
      else columns[column] = value;
    }
    await this.preferences.insertMany(attributes);
    await this.schema
      .table(TABLE)
      .insert({ ...address, password, ...digestSecrets(address, password), ...columns });
  }

  /** Adds accounts that there are none of yet. */
  async insertMany(subscribers: readonly Subscriber[]): Promise<void> {
    if (subscribers.length === 0) return;
    // What the accounts' names still have in usr_preferences was some earlier accounts'.
    await this.preferences.removeAllOf(subscribers.map(({ address }) => address));
    const inColumns = EXTRAS.filter((name) => this.column(name) !== undefined);
    const apart = EXTRAS.filter((name) => this.column(name) === undefined);
    await insertRows(
      this.schema,
      TABLE,
      ["username", "domain", "password", "ha1", "ha1b", ...inColumns.map((name) => COLUMNS[name])],
      subscribers.map((subscriber) => [
        subscriber.address.username,
        subscriber.address.domain,
        subscriber.password,
        subscriber.ha1,
        subscriber.ha1b,
        ...inColumns.map((name) => subscriber[name] ?? NOTHING[name]),
      ]),
    );
    await this.preferences.insertMany(
      subscribers.flatMap((subscriber) => attributes(subscriber.address, subscriber, apart)),
    );
  }

  /** Changes many accounts, each in what is given for it. */
  async updateMany(changes: readonly SubscriberChange[]): Promise<void> {
    const inColumns = EXTRAS.filter((name) => this.column(name) !== undefined);
    const apart = EXTRAS.filter((name) => this.column(name) === undefined);
    const rows = changes.map(({ address, values }): RowChange => {
      const columns: Record<string, unknown> = {};
      for (const name of ["password", "ha1", "ha1b"] as const) {
        if (values[name] !== undefined) columns[name] = values[name];
      }
      for (const name of inColumns) {
        if (values[name] !== undefined) columns[COLUMNS[name]] = values[name];
      }
      return { address, values: columns };
    });
    await updateRows(
      this.schema,
      TABLE,
      rows.filter(({ values }) => Object.keys(values).length > 0),
    );
    await this.preferences.setMany(
      changes.flatMap(({ address, values }) => attributes(address, values, apart)),
    );
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

/** New values for an account; what is left out stays. */
export interface SubscriberChange {
  /** Spelled as stored. */
  readonly address: SipAddress;
  readonly values: Partial<Omit<Subscriber, "address">>;
}

/** What stands in a column where there is nothing to say: `email_address` may not be null. */
const NOTHING: Readonly<Record<Extra, string | null>> = {
  email: "",
  rpid: null,
  permittedcalls: null,
};

function attributes(
  address: SipAddress,
  values: Partial<Subscriber>,
  names: readonly Extra[],
): AttributeEntry[] {
  return names.flatMap((attribute) => {
    const value = values[attribute];
    return value === undefined || value === null
      ? []
      : [{ address, attribute, value: String(value) }];
  });
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null || value === "" ? null : String(value);
}
