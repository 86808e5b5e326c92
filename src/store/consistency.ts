import type { Schema } from "../database/schema";
import type { SipAddress } from "../model/sip-address";

const PAGE = 1000;

/** What both databases have of a local account's secrets. */
export interface Secrets {
  readonly id: number;
  readonly username: string;
  readonly domain: string;
  readonly password: string | null;
  readonly ha1: string | null;
  readonly ha1b: string | null;
  /** Provisioning's password; null where it has no such row. */
  readonly provisioned: string | null;
}

export interface AliasRow {
  readonly alias: string;
  readonly destination: string;
}

/** Whether rows of different tables fit together: questions over both databases, and what mends them. */
export class Consistency {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
  ) {}

  /** Kamailio's accounts that lack a row in provisioning. */
  unprovisioned(): AsyncGenerator<SipAddress> {
    return this.stream(
      `SELECT s.username, s.domain FROM :subscriber: AS s
       LEFT JOIN :users: AS u ON u.username = s.username AND u.domain = s.domain
       WHERE u.username IS NULL`,
    );
  }

  /** Provisioned accounts of Kamailio's own domains that Kamailio does not know. */
  unknownToKamailio(): AsyncGenerator<SipAddress> {
    return this.stream(
      `SELECT u.username, u.domain FROM :users: AS u
       JOIN :domain: AS d ON d.domain = u.domain
       LEFT JOIN :subscriber: AS s ON s.username = u.username AND s.domain = u.domain
       WHERE s.username IS NULL`,
    );
  }

  /** Aliases that lead to an address of Kamailio's own domains which is neither account nor alias. */
  aliasesToNowhere(): AsyncGenerator<AliasRow> {
    return this.stream(
      `SELECT ${this.kamailio.joined("a.alias_username", "a.alias_domain")} AS alias,
         ${this.kamailio.joined("a.username", "a.domain")} AS destination
       FROM :dbaliases: AS a
       JOIN :domain: AS d ON d.domain = a.domain
       LEFT JOIN :subscriber: AS s ON s.username = a.username AND s.domain = a.domain
       LEFT JOIN :dbaliases: AS t ON t.alias_username = a.username AND t.alias_domain = a.domain
       WHERE s.username IS NULL AND t.alias_username IS NULL`,
    );
  }

  /** Aliases that stand several times, with the number of different destinations. */
  duplicateAliases(): AsyncGenerator<{ alias: string; n: number; destinations: number }> {
    return this.stream(
      `SELECT MIN(${this.kamailio.joined("alias_username", "alias_domain")}) AS alias, COUNT(*) AS n,
         COUNT(DISTINCT ${this.kamailio.joined("username", "domain")}) AS destinations
       FROM :dbaliases: GROUP BY alias_username, alias_domain HAVING COUNT(*) > 1`,
    );
  }

  /** Removes repetitions of an alias that lead to the same destination. */
  removeRepeatedAliases(): Promise<number> {
    return this.changed(
      `DELETE FROM :dbaliases: WHERE id IN (SELECT id FROM (
         SELECT again.id FROM :dbaliases: AS again JOIN :dbaliases: AS first
         ON first.alias_username = again.alias_username AND first.alias_domain = again.alias_domain
           AND first.username = again.username AND first.domain = again.domain
           AND first.id < again.id
       ) AS repeated)`,
    );
  }

  /** Phones of accounts that exist nowhere any more. */
  phonesOfNobody(): AsyncGenerator<{ mac: string; user: string }> {
    return this.stream(
      `SELECT p.mac, ${this.kamailio.joined("p.username", "p.domain")} AS user ${this.ofNobody}`,
    );
  }

  removePhonesOfNobody(): Promise<number> {
    return this.changed(
      `DELETE FROM :phones: WHERE (mac, username, domain) IN
         (SELECT mac, username, domain FROM (SELECT p.mac, p.username, p.domain ${this.ofNobody}) AS gone)`,
    );
  }

  /** Numbers of the pool that an alias has already. */
  numbersInUse(): AsyncGenerator<{ number: string; alias: string }> {
    return this.stream(
      `SELECT n.number, ${this.kamailio.joined("a.alias_username", "a.alias_domain")} AS alias ${this.inUse}`,
    );
  }

  removeNumbersInUse(): Promise<number> {
    return this.changed(
      `DELETE FROM :numbers: WHERE number IN (SELECT number FROM (SELECT n.number ${this.inUse}) AS used)`,
    );
  }

  /** Registrations that ended before a time (unix seconds) and still stand in Kamailio's table. */
  expiredLocations(before: number): AsyncGenerator<{ user: string; expires: unknown }> {
    // A time within the first days of 1970 is a contact that never expires.
    const [earliest, latest] =
      this.kamailio.kind === "mysql"
        ? ["1970-01-03 00:00:00", localTime(before)]
        : [2440590, (before - 0.5) / 86400 + 2440587.5];
    const typed = this.kamailio.kind === "mysql" ? "" : "AND typeof(expires) <> 'text'";
    return this.stream(
      `SELECT ${this.kamailio.joined("username", "COALESCE(domain, '')")} AS user, expires FROM :location:
       WHERE expires > :earliest AND expires < :latest ${typed}`,
      { earliest, latest },
    );
  }

  /** The secrets of every local account, a page at a time; rows may be changed between pages. */
  async *secrets(): AsyncGenerator<Secrets[]> {
    let last = -1;
    for (;;) {
      const page = await this.kamailio.rows<Secrets>(
        `SELECT s.id, s.username, s.domain, s.password, s.ha1, s.ha1b, u.password AS provisioned
         FROM ?? AS s LEFT JOIN ?? AS u ON u.username = s.username AND u.domain = s.domain
         WHERE s.id > ? ORDER BY s.id LIMIT ${PAGE}`,
        [this.kamailio.qualified("subscriber"), this.provisioning.qualified("users"), last],
      );
      if (page.length > 0) yield page;
      if (page.length < PAGE) return;
      last = page.at(-1)?.id ?? last;
    }
  }

  private get ofNobody(): string {
    return `FROM :phones: AS p
      LEFT JOIN :users: AS u ON u.username = p.username AND u.domain = p.domain
      LEFT JOIN :subscriber: AS s ON s.username = p.username AND s.domain = p.domain
      WHERE u.username IS NULL AND s.username IS NULL`;
  }

  private get inUse(): string {
    // As the pool's own column compares: its index is to find them.
    const number =
      this.kamailio.kind === "mysql"
        ? "CONVERT(a.alias_username USING ascii) COLLATE ascii_bin"
        : "a.alias_username";
    return `FROM :dbaliases: AS a JOIN :numbers: AS n ON n.number = ${number}
      WHERE a.alias_username LIKE '+%'`;
  }

  private get names() {
    const { kamailio, provisioning } = this;
    return {
      subscriber: kamailio.qualified("subscriber"),
      domain: kamailio.qualified("domain"),
      dbaliases: kamailio.qualified("dbaliases"),
      location: kamailio.qualified("location"),
      users: provisioning.qualified("users"),
      phones: provisioning.qualified("phones"),
      numbers: provisioning.qualified("numbers"),
    };
  }

  private stream<Row>(sql: string, values: Record<string, unknown> = {}): AsyncGenerator<Row> {
    return this.kamailio.stream<Row>(this.statement(sql, values));
  }

  private async changed(sql: string): Promise<number> {
    const result = await this.statement(sql, {});
    return Number(this.kamailio.kind === "mysql" ? result[0].affectedRows : result.changes);
  }

  private statement(sql: string, values: Record<string, unknown>) {
    return this.kamailio.trx.raw(sql, { ...this.names, ...values } as never);
  }
}

/** `YYYY-MM-DD HH:MM:SS` in this process's zone, which Kamailio's is taken to be. */
function localTime(unix: number): string {
  const time = new Date(unix * 1000);
  const pad = (value: number) => String(value).padStart(2, "0");
  const date = [time.getFullYear(), pad(time.getMonth() + 1), pad(time.getDate())].join("-");
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(pad).join(":");
  return `${date} ${clock}`;
}
