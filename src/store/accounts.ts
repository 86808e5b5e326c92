import type { Schema } from "../database/schema";
import type { AddressKeys } from "../model/address-keys";
import { likePattern } from "../model/glob";
import type { Rows } from "../model/rows";
import type { SipAddress } from "../model/sip-address";
import type { AccountLists, ListedAccount, Presence } from "./account-lists";
import { pagesOf, readAhead } from "./bulk/pages";
import type { Subscriber, Subscribers } from "./kamailio/subscribers";
import type { DisabledAccounts } from "./provisioning/disabled-accounts";
import type { ProvisionedUser, Users } from "./provisioning/users";
import { type Scope, unprovisioned } from "./unprovisioned";

/** An account: as Kamailio knows it where it is local, and as phones are configured from it. */
export interface Account {
  /** Spelled as stored. */
  readonly address: SipAddress;
  /** With the secrets that were set aside where it is disabled. */
  readonly subscriber: Subscriber | undefined;
  readonly user: ProvisionedUser | undefined;
  readonly enabled: boolean;
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
    private readonly lists: AccountLists,
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
    return this.lists.all(search);
  }

  /** Kamailio's accounts of which that is so, ordered by their addresses. */
  present(presence: Presence, search?: string): Rows<ListedAccount> {
    return this.lists.present(presence, search);
  }

  /**
   * Every account in full: those in provisioning ordered by their names, then those that only
   * Kamailio has. The database sorts nothing and no more than a page is held.
   */
  async *pages(search?: string): AsyncGenerator<Account[]> {
    const { provisioning } = this;
    const text = provisioning.joined("u.username", "u.domain");
    const addresses = this.addresses(
      provisioning,
      (from, limit) => `SELECT u.username, u.domain FROM ${provisioning.name("users")} AS u
        WHERE ${from} AND ${search === undefined ? "1 = 1" : provisioning.like(text)}
        ORDER BY u.username, u.domain LIMIT ${limit}`,
      search,
    );
    for await (const page of readAhead(addresses)) yield this.inOrder(page);
    for await (const page of this.unprovisioned({ search })) {
      yield this.inOrder(page);
    }
  }

  /** Kamailio's accounts that lack a row in provisioning, a page at a time. */
  unprovisioned(scope?: Scope): AsyncGenerator<SipAddress[]> {
    return unprovisioned(this.kamailio, this.provisioning, this.keys, scope);
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
