import type { Schema } from "../database/schema";
import { likePattern } from "../model/glob";
import { Rows } from "../model/rows";
import type { SipAddress } from "../model/sip-address";
import type { AddressKeys } from "./bulk/address-keys";
import type { Subscriber, SubscriberRow, Subscribers } from "./kamailio/subscribers";
import {
  type ProvisionedUser,
  USER_COLUMNS,
  type UserRow,
  type Users,
  userOf,
} from "./provisioning/users";

/** An account: as Kamailio knows it where it is local, and as phones are configured from it. */
export interface Account {
  /** Spelled as stored. */
  readonly address: SipAddress;
  readonly subscriber: Subscriber | undefined;
  readonly user: ProvisionedUser | undefined;
}

export interface ListedAccount {
  readonly user: string;
  readonly displayname: string | null;
}

/** What stands before the names of `users`' columns where they come beside those of `subscriber`. */
const AS_USER = "hermes_users_";

/** Accounts that are read together. */
const PAGE = 900;

/** Accounts over both databases: local ones stand in both, remote ones only in provisioning. */
export class Accounts {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
    private readonly subscribers: Subscribers,
    private readonly users: Users,
  ) {}

  async find(address: SipAddress): Promise<Account | undefined> {
    const { kamailio, provisioning } = this;
    const at = [address.username, address.domain];
    // Both rows at once: a node asks for an account more often than for anything else.
    const [row] = await kamailio.rows<Record<string, unknown>>(
      `SELECT s.*, ${USER_COLUMNS.map((name) => `u.${name} AS ${AS_USER}${name}`).join(", ")}
       FROM (SELECT 1 AS one) AS one
       LEFT JOIN ?? AS s ON s.username = ? AND s.domain = ?
       LEFT JOIN ?? AS u ON u.username = ? AND u.domain = ?`,
      [kamailio.qualified("subscriber"), ...at, provisioning.qualified("users"), ...at],
    );
    const subscriber =
      row?.username == null ? undefined : await this.subscribers.complete(row as SubscriberRow);
    const user = row?.[`${AS_USER}username`] == null ? undefined : userOf(userRow(row));
    const stored = subscriber?.address ?? user?.address;
    return stored === undefined ? undefined : { address: stored, subscriber, user };
  }

  async exists(address: SipAddress): Promise<boolean> {
    const at = [address.username, address.domain];
    const found = await this.kamailio.rows(
      `SELECT 1 FROM ?? WHERE username = ? AND domain = ?
       UNION ALL SELECT 1 FROM ?? WHERE username = ? AND domain = ? LIMIT 1`,
      [
        ...[this.kamailio.qualified("subscriber"), ...at],
        ...[this.provisioning.qualified("users"), ...at],
      ],
    );
    return found.length > 0;
  }

  /** Every account of either database, ordered by its address. */
  list(search?: string): Rows<ListedAccount> {
    const { kamailio, provisioning } = this;
    const filter = (columns: string) =>
      search === undefined ? "" : `AND ${kamailio.like(columns, ":like")}`;
    const text = (alias: string) => kamailio.joined(`${alias}.username`, `${alias}.domain`);
    const bytes = kamailio.kind === "mysql" ? "CAST(address AS BINARY)" : "address";
    const query = kamailio.trx.raw(
      `SELECT address, displayname FROM (
         SELECT ${text("u")} AS address, u.displayname AS displayname
         FROM :users: AS u WHERE 1 = 1 ${filter(text("u"))}
         UNION ALL
         SELECT ${text("s")}, NULL FROM :subscriber: AS s
         LEFT JOIN :users: AS u ON u.username = s.username AND u.domain = s.domain
         WHERE u.username IS NULL ${filter(text("s"))}
       ) AS accounts ORDER BY ${bytes}`,
      {
        users: provisioning.qualified("users"),
        subscriber: kamailio.qualified("subscriber"),
        ...(search === undefined ? {} : { like: likePattern(search) }),
      },
    );
    return Rows.of<{ address: string; displayname: string | null }, ListedAccount>(
      kamailio.stream(query),
      ({ address, displayname }) => ({ user: address, displayname }),
    );
  }

  /**
   * Every account in full: those in provisioning ordered by their names, then those that only
   * Kamailio has. The database sorts nothing and no more than a page is held.
   */
  async *pages(keys: AddressKeys, search?: string): AsyncGenerator<Account[]> {
    for await (const users of this.users.pages(PAGE, search)) {
      const addresses = users.map(({ address }) => address);
      const subscribers = await this.subscribers.findMany(addresses, keys);
      yield users.map((user) => {
        const subscriber = subscribers.get(keys.of(user.address));
        return { address: subscriber?.address ?? user.address, subscriber, user };
      });
    }
    for await (const addresses of this.unprovisioned(search)) {
      const subscribers = await this.subscribers.findMany(addresses, keys);
      yield [...subscribers.values()].map((subscriber) => {
        return { address: subscriber.address, subscriber, user: undefined };
      });
    }
  }

  private async *unprovisioned(search?: string): AsyncGenerator<SipAddress[]> {
    const { kamailio, provisioning } = this;
    const text = kamailio.joined("s.username", "s.domain");
    const filter = search === undefined ? "" : `AND ${kamailio.like(text)}`;
    let last = -1;
    for (;;) {
      const rows = await kamailio.rows<SipAddress & { id: number }>(
        `SELECT s.id, s.username, s.domain FROM ?? AS s
         LEFT JOIN ?? AS u ON u.username = s.username AND u.domain = s.domain
         WHERE u.username IS NULL AND s.id > ? ${filter} ORDER BY s.id LIMIT ${PAGE}`,
        [
          kamailio.qualified("subscriber"),
          provisioning.qualified("users"),
          last,
          ...(search === undefined ? [] : [likePattern(search)]),
        ],
      );
      if (rows.length > 0) yield rows.map(({ username, domain }) => ({ username, domain }));
      if (rows.length < PAGE) return;
      last = rows.at(-1)?.id ?? last;
    }
  }
}

function userRow(row: Record<string, unknown>): UserRow {
  const entries = USER_COLUMNS.map((name) => [name, row[AS_USER + name]]);
  return Object.fromEntries(entries);
}
