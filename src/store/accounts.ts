import type { Schema } from "../database/schema";
import { likePattern } from "../model/glob";
import { Rows } from "../model/rows";
import type { SipAddress } from "../model/sip-address";
import type { Subscriber, Subscribers } from "./kamailio/subscribers";
import type { ProvisionedUser, Users } from "./provisioning/users";

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

/** Accounts over both databases: local ones stand in both, remote ones only in provisioning. */
export class Accounts {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
    private readonly subscribers: Subscribers,
    private readonly users: Users,
  ) {}

  async find(address: SipAddress): Promise<Account | undefined> {
    const subscriber = await this.subscribers.find(address);
    const user = await this.users.find(address);
    const stored = subscriber?.address ?? user?.address;
    return stored === undefined ? undefined : { address: stored, subscriber, user };
  }

  async exists(address: SipAddress): Promise<boolean> {
    return (await this.subscribers.exists(address)) || (await this.users.exists(address));
  }

  /** Every account of either database, ordered by its address. */
  list(search?: string): Rows<ListedAccount> {
    const { kamailio, provisioning } = this;
    const filter = (columns: string) =>
      search === undefined ? "" : `AND ${columns} LIKE :like ESCAPE '|'`;
    const text = (alias: string) =>
      kamailio.kind === "mysql"
        ? `CONCAT(${alias}.username, '@', ${alias}.domain)`
        : `${alias}.username || '@' || ${alias}.domain`;
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
}
