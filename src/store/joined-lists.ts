import type { Schema } from "../database/schema";
import { likePattern } from "../model/glob";
import { Rows } from "../model/rows";
import type { AccountLists, ListedAccount, Presence } from "./account-lists";
import { type Bound, holdsAt } from "./kamailio/expiry";

/** Lists of accounts where one server has both databases: it joins and sorts. */
export class JoinedLists implements AccountLists {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
  ) {}

  /** Every account of either database, ordered by its address. */
  all(search?: string): Rows<ListedAccount> {
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
}
