import type { Schema } from "../database/schema";
import type { AddressKeys } from "../model/address-keys";
import { likePattern } from "../model/glob";
import { Rows } from "../model/rows";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import type { AccountLists, ListedAccount, Presence } from "./account-lists";
import { addressConditions, rowsAt, rowsWhere } from "./bulk/rows-at";
import { holdsAt } from "./kamailio/expiry";
import type { LastSeen } from "./provisioning/last-seen";
import { unprovisioned } from "./unprovisioned";

interface Named extends SipAddress {
  readonly displayname: string | null;
}

/** Lists of accounts where each database has a server of its own: what one says is looked up at the other. */
export class MergedLists implements AccountLists {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
    private readonly lastSeen: LastSeen,
    private readonly keys: AddressKeys,
  ) {}

  all(search?: string): Rows<ListedAccount> {
    return new Rows(this.everybody(search));
  }

  present(presence: Presence, search?: string): Rows<ListedAccount> {
    return new Rows(this.kamailios(presence, search));
  }

  private async *everybody(search: string | undefined): AsyncGenerator<ListedAccount[]> {
    const { kamailio, provisioning, keys } = this;
    // Those that Kamailio alone has are few, or the site has not been adopted yet: they are held.
    const others: string[] = [];
    for await (const page of unprovisioned(kamailio, provisioning, keys, { search })) {
      others.push(...page.map(formatSipAddress));
    }
    others.sort((a, b) => Buffer.compare(Buffer.from(b), Buffer.from(a)));
    const { sql, values } = searched(provisioning, search, provisioning.joined(), "displayname");
    for await (const page of provisioning.stream<Named>(
      `SELECT username, domain, displayname FROM ${provisioning.name("users")}
       WHERE ${sql} ORDER BY ${provisioning.joinedBytes()}`,
      values,
    )) {
      yield page.flatMap(({ displayname, ...address }) => {
        const user = formatSipAddress(address);
        return [...takenBefore(others, user), { user, displayname }];
      });
    }
    if (others.length > 0) yield takenBefore(others, undefined);
  }

  private async *kamailios(
    { is, time }: Presence,
    search: string | undefined,
  ): AsyncGenerator<ListedAccount[]> {
    const { kamailio, keys } = this;
    const holds = holdsAt(kamailio, "l.expires", time);
    const found = searched(kamailio, search, kamailio.joined("s.username", "s.domain"));
    for await (const page of kamailio.stream<SipAddress & { found: number }>(
      `SELECT s.username, s.domain, ${found.sql} AS found FROM ${kamailio.name("subscriber")} AS s
       WHERE ${is === "registered" ? "" : "NOT "}EXISTS (
         SELECT 1 FROM ${kamailio.name("location")} AS l
         WHERE l.username = s.username AND l.domain = s.domain AND ${holds.sql})
       ORDER BY ${kamailio.joinedBytes("s.username", "s.domain")}`,
      [...found.values, ...holds.values],
    )) {
      const [names, called, seen] = await Promise.all([
        this.names(page),
        search === undefined ? [] : this.names(page, search),
        is === "unused" ? this.lastSeen.of(page) : [],
      ]);
      const late = new Set(
        seen.filter((each) => each.seen >= time).map(({ address }) => keys.of(address)),
      );
      const hits = new Set(called.map((each) => keys.of(each)));
      const byKey = new Map(names.map((each) => [keys.of(each), each.displayname]));
      yield page.flatMap(({ found, ...address }) => {
        const key = keys.of(address);
        if (late.has(key) || !(Number(found) || hits.has(key))) return [];
        return [{ user: formatSipAddress(address), displayname: byKey.get(key) ?? null }];
      });
    }
  }

  /** What they are called; with a search, those whose name it finds. */
  private names(addresses: readonly SipAddress[], search?: string): Promise<Named[]> {
    const { provisioning } = this;
    const select = "username, domain, displayname";
    if (search === undefined) return rowsAt(provisioning, "users", addresses, { select });
    const called = searched(provisioning, search, "displayname");
    return rowsWhere(
      provisioning,
      [...addressConditions(addresses)].map(({ sql, values }) => ({
        sql: `${called.sql} AND ${sql}`,
        values: [...called.values, ...values],
      })),
      (where) => `SELECT ${select} FROM ${provisioning.name("users")} WHERE ${where}`,
    );
  }
}

/** Whether any of the expressions is what is searched for. */
function searched(
  schema: Schema,
  search: string | undefined,
  ...expressions: string[]
): { sql: string; values: string[] } {
  if (search === undefined) return { sql: "1 = 1", values: [] };
  const likes = expressions.map((expression) => schema.like(expression));
  return { sql: `(${likes.join(" OR ")})`, values: likes.map(() => likePattern(search)) };
}

/** Takes those that come before an address, or all, off the end of a list in falling order. */
function takenBefore(falling: string[], address: string | undefined): ListedAccount[] {
  const taken: ListedAccount[] = [];
  for (let next = falling.at(-1); next !== undefined; next = falling.at(-1)) {
    const isBefore =
      address === undefined || Buffer.compare(Buffer.from(next), Buffer.from(address)) < 0;
    if (!isBefore) break;
    taken.push({ user: next, displayname: null });
    falling.pop();
  }
  return taken;
}
