import type { Schema } from "../database/schema";
import type { Secrets } from "../model/secrets-verdict";
import type { SipAddress } from "../model/sip-address";
import { pagesOf } from "./bulk/pages";
import { endedBefore } from "./kamailio/expiry";

const PAGE = 1000;

/** Whether rows of different tables fit together: questions over both databases. */
export class Consistency {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
  ) {}

  /** Kamailio's accounts that lack a row in provisioning. */
  unprovisioned(): AsyncGenerator<SipAddress[]> {
    const { subscriber, users } = this.names;
    return this.kamailio.stream(
      `SELECT s.username, s.domain FROM ${subscriber} AS s
       LEFT JOIN ${users} AS u ON u.username = s.username AND u.domain = s.domain
       WHERE u.username IS NULL`,
    );
  }

  /** Provisioned accounts of Kamailio's own domains that Kamailio does not know. */
  unknownToKamailio(): AsyncGenerator<SipAddress[]> {
    const { subscriber, users, domain } = this.names;
    return this.kamailio.stream(
      `SELECT u.username, u.domain FROM ${users} AS u
       JOIN ${domain} AS d ON d.domain = u.domain
       LEFT JOIN ${subscriber} AS s ON s.username = u.username AND s.domain = u.domain
       WHERE s.username IS NULL`,
    );
  }

  /** Aliases that lead to an address of Kamailio's own domains which is neither account nor alias. */
  aliasesToNowhere(): AsyncGenerator<{ alias: string; destination: string }[]> {
    const { subscriber, dbaliases, domain } = this.names;
    return this.kamailio.stream(
      `SELECT ${this.kamailio.joined("a.alias_username", "a.alias_domain")} AS alias,
         ${this.kamailio.joined("a.username", "a.domain")} AS destination
       FROM ${dbaliases} AS a
       JOIN ${domain} AS d ON d.domain = a.domain
       LEFT JOIN ${subscriber} AS s ON s.username = a.username AND s.domain = a.domain
       LEFT JOIN ${dbaliases} AS t ON t.alias_username = a.username AND t.alias_domain = a.domain
       WHERE s.username IS NULL AND t.alias_username IS NULL`,
    );
  }

  /** Aliases that stand several times, with how often and the number of different destinations. */
  duplicateAliases(): AsyncGenerator<(SipAddress & { n: number; destinations: number })[]> {
    return this.kamailio.stream(
      `SELECT MIN(alias_username) AS username, MIN(alias_domain) AS domain, COUNT(*) AS n,
         COUNT(DISTINCT ${this.kamailio.joined()}) AS destinations
       FROM ${this.names.dbaliases} GROUP BY alias_username, alias_domain HAVING COUNT(*) > 1`,
    );
  }

  /** Phones of accounts that exist nowhere any more. */
  phonesOfNobody(): AsyncGenerator<({ mac: string } & SipAddress)[]> {
    const { phones, users, subscriber } = this.names;
    return this.kamailio.stream(
      `SELECT p.mac, p.username, p.domain FROM ${phones} AS p
       LEFT JOIN ${users} AS u ON u.username = p.username AND u.domain = p.domain
       LEFT JOIN ${subscriber} AS s ON s.username = p.username AND s.domain = p.domain
       WHERE u.username IS NULL AND s.username IS NULL`,
    );
  }

  /** Accounts that are on no phone. */
  withoutPhone(): AsyncGenerator<SipAddress[]> {
    const { phones, users } = this.names;
    return this.provisioning.stream(
      `SELECT u.username, u.domain FROM ${users} AS u
       LEFT JOIN ${phones} AS p ON p.username = u.username AND p.domain = u.domain
       WHERE p.mac IS NULL ORDER BY u.username, u.domain`,
    );
  }

  /** Numbers in the pool or on their way back that an alias or an account of Kamailio's has already. */
  numbersInUse(): AsyncGenerator<{ number: string; user: string }[]> {
    const { dbaliases, subscriber, numbers, heldNumbers } = this.names;
    // As our own column compares: its index is to find them.
    const number = (column: string) =>
      this.kamailio.kind === "mysql" ? `CONVERT(${column} USING ascii) COLLATE ascii_bin` : column;
    const used = (pool: string, table: string, username: string, domain: string) =>
      `SELECT n.number, ${this.kamailio.joined(`k.${username}`, `k.${domain}`)} AS user
       FROM ${table} AS k JOIN ${pool} AS n ON n.number = ${number(`k.${username}`)}
       WHERE k.${username} LIKE '+%'`;
    return this.kamailio.stream(
      [numbers, heldNumbers]
        .flatMap((pool) => [
          used(pool, dbaliases, "alias_username", "alias_domain"),
          used(pool, subscriber, "username", "domain"),
        ])
        .join(" UNION ALL "),
    );
  }

  /** Registrations that ended before a time (unix seconds) and still stand in Kamailio's table. */
  expiredLocations(before: number): AsyncGenerator<{ user: string; expires: unknown }[]> {
    const { sql, values } = endedBefore(this.kamailio, "expires", before);
    return this.kamailio.stream(
      `SELECT ${this.kamailio.joined("username", "COALESCE(domain, '')")} AS user, expires
       FROM ${this.names.location} WHERE ${sql}`,
      values,
    );
  }

  /**
   * The secrets of every local account, those of disabled ones as they were set aside, a page at a
   * time; rows may be changed between pages.
   */
  secrets(): AsyncGenerator<(Secrets & { id: number })[]> {
    const { subscriber, users, disabled } = this.names;
    return pagesOf<Secrets & { id: number }>(PAGE, (last) =>
      this.kamailio.rows(
        `SELECT s.id, s.username, s.domain, COALESCE(d.password, s.password) AS password,
           COALESCE(d.ha1, s.ha1) AS ha1, COALESCE(d.ha1b, s.ha1b) AS ha1b,
           u.password AS provisioned
         FROM ${subscriber} AS s
         LEFT JOIN ${users} AS u ON u.username = s.username AND u.domain = s.domain
         LEFT JOIN ${disabled} AS d ON d.username = s.username AND d.domain = s.domain
         WHERE s.id > ? ORDER BY s.id LIMIT ${PAGE}`,
        [last?.id ?? -1],
      ),
    );
  }

  private get names() {
    const { kamailio, provisioning } = this;
    return {
      subscriber: kamailio.name("subscriber"),
      domain: kamailio.name("domain"),
      dbaliases: kamailio.name("dbaliases"),
      location: kamailio.name("location"),
      users: provisioning.name("users"),
      disabled: provisioning.name("disabled_accounts"),
      phones: provisioning.name("phones"),
      numbers: provisioning.name("numbers"),
      heldNumbers: provisioning.name("held_numbers"),
    };
  }
}
