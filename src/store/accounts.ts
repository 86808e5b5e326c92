import type { Schema } from "../database/schema";
import type { AddressKeys } from "../model/address-keys";
import { likePattern } from "../model/glob";
import { Rows } from "../model/rows";
import type { SipAddress } from "../model/sip-address";
import { pagesOf } from "./bulk/pages";
import { type Bound, holdsAt } from "./kamailio/expiry";
import type { Subscriber, Subscribers } from "./kamailio/subscribers";
import type { DisabledAccounts } from "./provisioning/disabled-accounts";
import type { ProvisionedUser, Users } from "./provisioning/users";

/** An account: as Kamailio knows it where it is local, and as phones are configured from it. */
export interface Account {
  /** Spelled as stored. */
  readonly address: SipAddress;
  /** With the secrets that were set aside where it is disabled. */
  readonly subscriber: Subscriber | undefined;
  readonly user: ProvisionedUser | undefined;
  readonly enabled: boolean;
}

export interface ListedAccount {
  readonly user: string;
  readonly displayname: string | null;
}

/** Which of Kamailio's accounts are asked for, by what their phones do; the time is unix seconds. */
export interface Presence {
  /** Unused are those of which no phone has been seen registered since. */
  readonly is: "registered" | "offline" | "unused";
  readonly time: number;
}

/** Accounts that are read together. */
const PAGE = 900;

/** Accounts over both databases: local ones stand in both, remote ones only in provisioning. */
export class Accounts {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
    private readonly subscribers: Subscribers,
    private readonly users: Users,
    private readonly disabledAccounts: DisabledAccounts,
    private readonly keys: AddressKeys,
  ) {}

  async find(address: SipAddress): Promise<Account | undefined> {
    return (await this.findMany([address]))[0];
  }

  /** Those of many addresses that are accounts, in no order. */
  async findMany(addresses: readonly SipAddress[]): Promise<Account[]> {
    const [subscribers, users, disabled] = await Promise.all([
      this.subscribers.findMany(addresses),
      this.users.findMany(addresses),
      this.disabledAccounts.among(addresses),
    ]);
    const aside = new Map(disabled.map(({ address, ...its }) => [this.keys.of(address), its]));
    const found = new Map<string, Account>();
    for (const { address, ...values } of subscribers) {
      const key = this.keys.of(address);
      const secrets = aside.get(key);
      const subscriber = { address, ...values, ...secrets };
      found.set(key, { address, subscriber, user: undefined, enabled: secrets === undefined });
    }
    for (const user of users) {
      const key = this.keys.of(user.address);
      const { address = user.address, subscriber, enabled = true } = found.get(key) ?? {};
      found.set(key, { address, subscriber, user, enabled });
    }
    return [...found.values()];
  }

  /** Every account of either database, ordered by its address. */
  list(search?: string): Rows<ListedAccount> {
    const { kamailio, provisioning } = this;
    const pattern = search === undefined ? [] : [likePattern(search)];
    const at = (alias: string) => kamailio.joined(`${alias}.username`, `${alias}.domain`);
    const like = (expression: string) =>
      search === undefined ? "1 = 1" : kamailio.like(expression);
    const bytes = kamailio.kind === "mysql" ? "CAST(address AS BINARY)" : "address";
    const rows = kamailio.stream<{ address: string; displayname: string | null }>(
      `SELECT address, displayname FROM (
         SELECT ${at("u")} AS address, u.displayname AS displayname
         FROM ${provisioning.name("users")} AS u
         WHERE ${like(at("u"))}${search === undefined ? "" : ` OR ${like("u.displayname")}`}
         UNION ALL
         SELECT ${at("s")}, NULL FROM ${kamailio.name("subscriber")} AS s
         LEFT JOIN ${provisioning.name("users")} AS u
         ON u.username = s.username AND u.domain = s.domain
         WHERE u.username IS NULL AND ${like(at("s"))}
       ) AS accounts ORDER BY ${bytes}`,
      [...pattern, ...pattern, ...pattern],
    );
    return new Rows(rows).map(({ address, displayname }) => ({ user: address, displayname }));
  }

  /** Kamailio's accounts of which that is so, ordered by their addresses. */
  present(presence: Presence, search?: string): Rows<ListedAccount> {
    const { kamailio, provisioning } = this;
    const address = kamailio.joined("s.username", "s.domain");
    const bytes = kamailio.joinedBytes("s.username", "s.domain");
    const is = this.condition(presence);
    const matching =
      search === undefined
        ? "1 = 1"
        : `(${kamailio.like(address)} OR ${kamailio.like("u.displayname")})`;
    const pattern = search === undefined ? [] : [likePattern(search), likePattern(search)];
    const rows = kamailio.stream<{ address: string; displayname: string | null }>(
      `SELECT ${address} AS address, u.displayname AS displayname
       FROM ${kamailio.name("subscriber")} AS s
       LEFT JOIN ${provisioning.name("users")} AS u
       ON u.username = s.username AND u.domain = s.domain
       WHERE ${is.sql} AND ${matching} ORDER BY ${bytes}`,
      [...is.values, ...pattern],
    );
    return new Rows(rows).map(({ address, displayname }) => ({ user: address, displayname }));
  }

  private condition(presence: Presence): Bound {
    const { kamailio, provisioning } = this;
    const holds = holdsAt(kamailio, "l.expires", presence.time);
    const registered = `EXISTS (SELECT 1 FROM ${kamailio.name("location")} AS l
      WHERE l.username = s.username AND l.domain = s.domain AND ${holds.sql})`;
    if (presence.is === "registered") return { sql: registered, values: holds.values };
    if (presence.is === "offline") return { sql: `NOT ${registered}`, values: holds.values };
    const noted = `EXISTS (SELECT 1 FROM ${provisioning.name("last_seen")} AS n
      WHERE n.username = s.username AND n.domain = s.domain AND n.seen >= ?)`;
    return {
      sql: `NOT ${registered} AND NOT ${noted}`,
      values: [...holds.values, presence.time],
    };
  }

  /**
   * Every account in full: those in provisioning ordered by their names, then those that only
   * Kamailio has. The database sorts nothing and no more than a page is held.
   */
  async *pages(search?: string): AsyncGenerator<Account[]> {
    const { provisioning } = this;
    const text = provisioning.joined("u.username", "u.domain");
    for await (const addresses of this.addresses(
      provisioning,
      (from, limit) => `SELECT u.username, u.domain FROM ${provisioning.name("users")} AS u
        WHERE ${from} AND ${search === undefined ? "1 = 1" : provisioning.like(text)}
        ORDER BY u.username, u.domain LIMIT ${limit}`,
      search,
    )) {
      yield this.inOrder(addresses);
    }
    for await (const page of this.unprovisioned({ search })) {
      yield this.inOrder(page);
    }
  }

  /** Kamailio's accounts that lack a row in provisioning, a page at a time. */
  async *unprovisioned({
    search,
    username,
    domain,
  }: Partial<SipAddress> & { search?: string | undefined } = {}): AsyncGenerator<SipAddress[]> {
    const { kamailio, provisioning } = this;
    const text = kamailio.joined("s.username", "s.domain");
    const filters = [
      ...(search === undefined ? [] : [[kamailio.like(text), likePattern(search)] as const]),
      ...(username === undefined ? [] : [["s.username = ?", username] as const]),
      ...(domain === undefined ? [] : [["s.domain = ?", domain] as const]),
    ];
    for await (const rows of pagesOf<SipAddress & { id: number }>(PAGE, (last) =>
      kamailio.rows(
        `SELECT s.id, s.username, s.domain FROM ${kamailio.name("subscriber")} AS s
         LEFT JOIN ${provisioning.name("users")} AS u
         ON u.username = s.username AND u.domain = s.domain
         WHERE u.username IS NULL AND s.id > ?
         ${filters.map(([sql]) => `AND ${sql}`).join(" ")} ORDER BY s.id LIMIT ${PAGE}`,
        [last?.id ?? -1, ...filters.map(([, value]) => value)],
      ),
    )) {
      yield rows.map(({ username, domain }) => ({ username, domain }));
    }
  }

  private async inOrder(addresses: readonly SipAddress[]): Promise<Account[]> {
    const accounts = await this.findMany(addresses);
    const found = new Map(accounts.map((account) => [this.keys.of(account.address), account]));
    return addresses.flatMap((address) => found.get(this.keys.of(address)) ?? []);
  }

  /** Addresses in the order of their parts, a page at a time. */
  private addresses(
    schema: Schema,
    query: (from: string, limit: number) => string,
    search: string | undefined,
  ): AsyncGenerator<SipAddress[]> {
    const pattern = search === undefined ? [] : [likePattern(search)];
    return pagesOf<SipAddress>(PAGE, (last) => {
      const from =
        last === undefined ? "1 = 1" : "(u.username > ? OR (u.username = ? AND u.domain > ?))";
      const after = last === undefined ? [] : [last.username, last.username, last.domain];
      return schema.rows(query(from, PAGE), [...after, ...pattern]);
    });
  }
}
