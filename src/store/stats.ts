import type { Value } from "../database/connection";
import type { Schema } from "../database/schema";
import type { Figures } from "../model/figures";
import type { Domains } from "./kamailio/domains";
import { holdsAt } from "./kamailio/expiry";
import type { NumberUse } from "./number-use";
import type { HeldNumbers } from "./provisioning/held-numbers";

/**
 * Counts over both databases. The server counts, over indexes where there are such, and no row comes
 * over the wire: some seconds for ten million numbers and a million of everything else.
 */
export class Stats {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
    private readonly domains: Domains,
    private readonly numberUse: NumberUse,
    private readonly heldNumbers: HeldNumbers,
  ) {}

  /** Everything that is counted; `now` (unix seconds) tells which registrations hold. */
  async figures(now: number): Promise<Figures> {
    const { kamailio, provisioning } = this;
    const [local, remote, disabled, registered, pool, assigned, held, aliases, phones, operators] =
      await Promise.all([
        count(kamailio, `FROM ${kamailio.name("subscriber")}`),
        this.remote(),
        count(provisioning, `FROM ${provisioning.name("disabled_accounts")}`),
        this.registered(now),
        count(provisioning, `FROM ${provisioning.name("numbers")}`),
        this.numberUse.count(),
        this.heldNumbers.counts(),
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

  private registered(now: number): Promise<number> {
    const { kamailio } = this;
    const { sql, values } = holdsAt(kamailio, "expires", now);
    const from = `FROM ${kamailio.name("location")} WHERE ${sql}`;
    // SQLite counts no pairs.
    return kamailio.kind === "mysql"
      ? count(kamailio, from, { of: "DISTINCT username, domain", values })
      : count(kamailio, `FROM (SELECT DISTINCT username, domain ${from})`, { values });
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
