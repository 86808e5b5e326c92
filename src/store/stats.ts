import type { Value } from "../database/connection";
import type { Schema } from "../database/schema";
import type { Figures } from "../model/figures";
import type { Domains } from "./kamailio/domains";
import { isE164 } from "./kamailio/e164-condition";
import { holdsAt } from "./kamailio/expiry";

/**
 * Counts over both databases. The server counts, over indexes where there are such, and no row comes
 * over the wire: some seconds for ten million numbers and a million of everything else.
 */
export class Stats {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
    private readonly domains: Domains,
  ) {}

  /** Everything that is counted; `now` (unix seconds) tells which registrations hold. */
  async figures(now: number): Promise<Figures> {
    const { kamailio, provisioning } = this;
    const [local, remote, disabled, registered, pool, assigned, held, aliases, phones, operators] =
      await Promise.all([
        count(kamailio, `FROM ${kamailio.name("subscriber")}`),
        this.remote(),
        this.disabled(),
        this.registered(now),
        count(provisioning, `FROM ${provisioning.name("numbers")}`),
        this.assigned(),
        this.held(),
        count(kamailio, `FROM ${kamailio.name("dbaliases")}`),
        count(provisioning, `FROM ${provisioning.name("phones")}`, { of: "DISTINCT mac" }),
        count(provisioning, `FROM ${provisioning.name("operators")}`),
      ]);
    const { due, reserved, quarantined } = held;
    return {
      accounts: { local, remote, disabled, registered },
      numbers: { free: pool + due, assigned, reserved, quarantined },
      ...{ aliases, phones, operators },
    };
  }

  /** Accounts in provisioning whose domain is none of Kamailio's. */
  private async remote(): Promise<number> {
    const { provisioning } = this;
    const [known, rows] = await Promise.all([
      this.domains.list(),
      provisioning.rows<{ domain: string; n: number }>(
        `SELECT domain, COUNT(*) AS n FROM ${provisioning.name("users")} GROUP BY domain`,
      ),
    ]);
    const kamailios = new Set(known);
    return rows
      .filter(({ domain }) => !kamailios.has(domain.toLowerCase()))
      .reduce((sum, { n }) => sum + Number(n), 0);
  }

  private async disabled(): Promise<number> {
    const { provisioning } = this;
    if (!provisioning.has("disabled_accounts")) return 0;
    return count(provisioning, `FROM ${provisioning.name("disabled_accounts")}`);
  }

  private registered(now: number): Promise<number> {
    const { kamailio } = this;
    const { sql, values } = holdsAt(kamailio, "expires", now);
    const from = `FROM ${kamailio.name("location")} WHERE ${sql}`;
    // SQLite counts no pairs.
    return kamailio.kind === "mysql"
      ? count(kamailio, from, { of: "DISTINCT username, domain", values })
      : count(kamailio, `FROM (SELECT DISTINCT username, domain ${from})`, { values });
  }

  /** Numbers that are an alias, in whatever domain, and those that are an account's name alone. */
  private async assigned(): Promise<number> {
    const { kamailio } = this;
    const [aliases, accounts] = await Promise.all([
      count(
        kamailio,
        `FROM ${kamailio.name("dbaliases")} AS a WHERE ${isE164(kamailio, "a.alias_username")}`,
        { of: "DISTINCT a.alias_username" },
      ),
      count(
        kamailio,
        `FROM ${kamailio.name("subscriber")} AS s WHERE ${isE164(kamailio, "s.username")}
         AND NOT EXISTS (SELECT 1 FROM ${kamailio.name("dbaliases")} AS a
                         WHERE a.alias_username = s.username)`,
        { of: "DISTINCT s.username" },
      ),
    ]);
    return aliases + accounts;
  }

  /** Numbers that are kept from being given out, and those whose time is over: they are free again. */
  private async held(): Promise<{ due: number; reserved: number; quarantined: number }> {
    const { provisioning } = this;
    const held = { due: 0, reserved: 0, quarantined: 0 };
    if (!provisioning.has("held_numbers")) return held;
    const rows = await provisioning.rows<{ state: keyof typeof held; n: number }>(
      `SELECT CASE WHEN until <= ${provisioning.unixNow} THEN 'due' ELSE state END AS state,
              COUNT(*) AS n
       FROM ${provisioning.name("held_numbers")} GROUP BY 1`,
    );
    for (const { state, n } of rows) held[state] = Number(n);
    return held;
  }
}

async function count(
  schema: Schema,
  from: string,
  { of = "*", values = [] }: { of?: string; values?: readonly Value[] } = {},
): Promise<number> {
  const row = await schema.row<{ n: number }>(`SELECT COUNT(${of}) AS n ${from}`, values);
  return Number(row?.n ?? 0);
}
