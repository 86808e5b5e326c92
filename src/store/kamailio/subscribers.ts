import type { Value } from "../../database/connection";
import type { Schema } from "../../database/schema";
import type { Column } from "../../database/tables";
import type { AddressKeys } from "../../model/address-keys";
import type { SipAddress } from "../../model/sip-address";
import { deleteAt, rowsAt } from "../bulk/rows-at";
import { insertRows, updateRows } from "../bulk/write-rows";
import type { Attribute, Preferences } from "./preferences";

const TABLE = "subscriber";

/** What Kamailio knows of an account, beside its address. */
export interface SubscriberValues {
  readonly password: string;
  readonly ha1: string;
  readonly ha1b: string;
  readonly email: string | null;
  readonly rpid: string | null;
  /** Permission bits; null where nothing is set and Kamailio's own default applies. */
  readonly permittedcalls: number | null;
}

/** An account as Kamailio knows it. */
export interface Subscriber extends SubscriberValues {
  /** Spelled as stored. */
  readonly address: SipAddress;
}

/** New values for an account; what is left out stays. */
export interface SubscriberChange {
  readonly address: SipAddress;
  readonly values: Partial<SubscriberValues>;
}

const SECRETS = ["password", "ha1", "ha1b"] as const;

/** What stands in a column where `subscriber` has one, else in an attribute of `usr_preferences`. */
const EXTRAS = ["email", "rpid", "permittedcalls"] as const;

type Extra = (typeof EXTRAS)[number];

const COLUMNS: Readonly<Record<Extra, Column<"subscriber">>> = {
  email: "email_address",
  rpid: "rpid",
  permittedcalls: "permittedcalls",
};

/** The attribute's type as avpops reads it: 0 text, 1 whole number. */
const TYPES: Readonly<Record<Extra, number>> = { email: 0, rpid: 0, permittedcalls: 1 };

/** What stands in a column where there is nothing to say: `email_address` may not be null. */
const NOTHING: Readonly<Record<Extra, string | null>> = {
  email: "",
  rpid: null,
  permittedcalls: null,
};

type SubscriberRow = Record<string, unknown> & SipAddress;

/** Kamailio's `subscriber`, table versions 6 and 7, with or without a `permittedcalls` column. */
export class Subscribers {
  constructor(
    private readonly schema: Schema,
    private readonly preferences: Preferences,
    private readonly keys: AddressKeys,
  ) {}

  /** Those of many accounts that there are; `attributes` where they were looked up already. */
  async findMany(
    addresses: readonly SipAddress[],
    attributes: Promise<Attribute[]> = this.attributesOf(addresses),
  ): Promise<Subscriber[]> {
    const [rows, extras] = await Promise.all([
      rowsAt<SubscriberRow>(this.schema, TABLE, addresses),
      attributes.then((found) => this.extrasAmong(found)),
    ]);
    return rows.map((row) => this.shape(row, extras));
  }

  /** Names of `usr_preferences` that stand for columns here; any other attribute is nobody's but its own. */
  get apart(): readonly Extra[] {
    return EXTRAS.filter((name) => !this.schema.has(TABLE, COLUMNS[name]));
  }

  async insert(subscribers: readonly Subscriber[]): Promise<void> {
    const inColumns = this.inColumns;
    await Promise.all([
      insertRows(
        this.schema,
        TABLE,
        ["username", "domain", ...SECRETS, ...inColumns.map((name) => COLUMNS[name])],
        subscribers.map(({ address, ...values }) => [
          address.username,
          address.domain,
          ...SECRETS.map((name) => values[name]),
          ...inColumns.map((name) => values[name] ?? NOTHING[name]),
        ]),
      ),
      this.preferences.insert(
        subscribers.flatMap(({ address, ...values }) => this.attributes(address, values)),
      ),
    ]);
  }

  /** Changes accounts, each in what is given for it. */
  async update(changes: readonly SubscriberChange[]): Promise<void> {
    const rows = changes.map(({ address, values }) => {
      const columns: Record<string, Value> = {};
      for (const name of SECRETS) if (name in values) columns[name] = values[name];
      for (const name of this.inColumns) {
        if (name in values) columns[COLUMNS[name]] = values[name] ?? NOTHING[name];
      }
      return { address, values: columns };
    });
    const replaced = changes.flatMap(({ address, values }) =>
      this.apart.flatMap((attribute) => (attribute in values ? [{ address, attribute }] : [])),
    );
    await Promise.all([
      updateRows(
        this.schema,
        TABLE,
        rows.filter(({ values }) => Object.keys(values).length > 0),
      ),
      this.preferences.remove(replaced),
      this.preferences.insert(
        changes.flatMap(({ address, values }) => this.attributes(address, values)),
      ),
    ]);
  }

  async remove(addresses: readonly SipAddress[]): Promise<void> {
    await Promise.all([
      deleteAt(this.schema, TABLE, addresses),
      this.preferences.remove(
        addresses.flatMap((address) => this.apart.map((attribute) => ({ address, attribute }))),
      ),
    ]);
  }

  /** The longest password that the site's table holds (25 characters before version 7). */
  get passwordWidth(): number {
    return this.schema.width(TABLE, "password");
  }

  private get inColumns(): readonly Extra[] {
    return EXTRAS.filter((name) => this.schema.has(TABLE, COLUMNS[name]));
  }

  private attributesOf(addresses: readonly SipAddress[]): Promise<Attribute[]> {
    return this.apart.length === 0 ? Promise.resolve([]) : this.preferences.of(addresses);
  }

  /** Values of the extras that stand apart, by extra and address. Of two Kamailio takes the last. */
  private extrasAmong(attributes: readonly Attribute[]): Map<string, string> {
    return new Map(
      attributes.map(({ address, attribute, values }) => [
        this.extraKey(attribute, address),
        values.at(-1)?.value ?? "",
      ]),
    );
  }

  private shape(row: SubscriberRow, extras: ReadonlyMap<string, string>): Subscriber {
    const address = { username: row.username, domain: row.domain };
    const extra = (name: Extra): unknown =>
      this.schema.has(TABLE, COLUMNS[name])
        ? row[COLUMNS[name]]
        : extras.get(this.extraKey(name, address));
    const bits = extra("permittedcalls") ?? null;
    return {
      address,
      password: String(row.password ?? ""),
      ha1: String(row.ha1 ?? ""),
      ha1b: String(row.ha1b ?? ""),
      email: textOrNull(extra("email")),
      rpid: textOrNull(extra("rpid")),
      permittedcalls: bits === null ? null : Number.parseInt(String(bits), 10) || 0,
    };
  }

  /** Two tables may spell an address differently that is the same to the database. */
  private extraKey(name: string, address: SipAddress): string {
    return `${name} ${this.keys.of(address)}`;
  }

  /** What of an account's values stands in `usr_preferences`. */
  private attributes(address: SipAddress, values: Partial<SubscriberValues>): Attribute[] {
    return this.apart.flatMap((attribute) => {
      const value = values[attribute] ?? null;
      if (value === null) return [];
      return [{ address, attribute, values: [{ type: TYPES[attribute], value: String(value) }] }];
    });
  }
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null || value === "" ? null : String(value);
}
