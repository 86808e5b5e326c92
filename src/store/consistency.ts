import type { Schema } from "../database/schema";
import type { AddressKeys } from "../model/address-keys";
import type { Secrets } from "../model/secrets-verdict";
import type { SipAddress } from "../model/sip-address";
import { type Beside, type Question, rowsBeside } from "./bulk/beside";
import { endedBefore } from "./kamailio/expiry";

/** Whether rows of different tables fit together: questions over both databases. */
export class Consistency {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
    private readonly keys: AddressKeys,
  ) {}

  /** Kamailio's accounts that lack a row in provisioning. */
  unprovisioned(): AsyncGenerator<SipAddress[]> {
    return rowsBeside({ ...this.subscribers, beside: [{ ...this.user, must: "lack" }] });
  }

  /** Provisioned accounts of Kamailio's own domains that Kamailio does not know. */
  unknownToKamailio(): AsyncGenerator<SipAddress[]> {
    const { kamailio: schema, provisioning, keys } = this;
    return rowsBeside({
      ...{ schema: provisioning, table: "users", keys, columns: ADDRESS, key: ADDRESS },
      beside: [
        { schema, table: "domain", on: { domain: "domain" }, must: "stand" },
        { ...this.subscriber, must: "lack" },
      ],
    });
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
    const { dbaliases } = this.names;
    // Looked for by the index alone, and looked at then: six times as quick among a million.
    return this.kamailio.stream(
      `SELECT d.username, d.domain, d.n,
         COUNT(DISTINCT ${this.kamailio.joined("a.username", "a.domain")}) AS destinations
       FROM (
         SELECT MIN(alias_username) AS username, MIN(alias_domain) AS domain, COUNT(*) AS n
         FROM ${dbaliases} GROUP BY alias_username, alias_domain HAVING COUNT(*) > 1
       ) AS d
       JOIN ${dbaliases} AS a ON a.alias_username = d.username AND a.alias_domain = d.domain
       GROUP BY d.username, d.domain, d.n`,
    );
  }

  /** Phones of accounts that exist nowhere any more. */
  phonesOfNobody(): AsyncGenerator<({ mac: string } & SipAddress)[]> {
    const columns = ["mac", ...ADDRESS];
    return rowsBeside({
      ...{ schema: this.provisioning, table: "phones", keys: this.keys, columns, key: columns },
      beside: [
        { ...this.user, must: "lack" },
        { ...this.subscriber, must: "lack" },
      ],
    });
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
  async *numbersInUse(): AsyncGenerator<{ number: string; user: string }[]> {
    const { kamailio: schema, provisioning, keys } = this;
    // As our own column compares: its index is to find them.
    const compared = (column: string) =>
      schema.kind === "mysql" ? `CONVERT(${column} USING ascii) COLLATE ascii_bin` : column;
    for (const pool of ["numbers", "held_numbers"] as const) {
      for (const { table, username, domain } of NAMED) {
        for await (const rows of rowsBeside<Record<string, string>>({
          ...{ schema, table, keys, columns: ["id", username, domain], key: ["id"] },
          where: { sql: `r.${username} LIKE '+%'`, values: [] },
          beside: [
            {
              ...{ schema: provisioning, table: pool, compared, must: "stand" },
              on: { number: username },
              select: { number: "number" },
            },
          ],
        })) {
          yield rows.map(({ number = "", [username]: name, [domain]: at }) => ({
            number,
            user: `${name}@${at}`,
          }));
        }
      }
    }
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

  /** The secrets of every local account, those of disabled ones as they were set aside. */
  async *secrets(): AsyncGenerator<Secrets[]> {
    const { provisioning: schema } = this;
    const aside = { aside: "password", aside_ha1: "ha1", aside_ha1b: "ha1b" };
    for await (const rows of rowsBeside<Secrets & Record<keyof typeof aside, string | null>>({
      ...this.subscribers,
      columns: ["id", ...ADDRESS, "password", "ha1", "ha1b"],
      beside: [
        { ...this.user, select: { provisioned: "password" } },
        { schema, table: "disabled_accounts", on: AT, select: aside },
      ],
    })) {
      yield rows.map(({ aside, aside_ha1, aside_ha1b, ...row }) => ({
        ...row,
        password: aside ?? row.password,
        ha1: aside_ha1 ?? row.ha1,
        ha1b: aside_ha1b ?? row.ha1b,
      }));
    }
  }

  private get subscribers(): Omit<Question, "beside"> {
    const columns = ["id", ...ADDRESS];
    return {
      ...{ schema: this.kamailio, table: "subscriber", keys: this.keys },
      ...{ columns, key: ["id"] },
    };
  }

  private get subscriber(): Beside {
    return { schema: this.kamailio, table: "subscriber", on: AT };
  }

  private get user(): Beside {
    return { schema: this.provisioning, table: "users", on: AT };
  }

  private get names() {
    const { kamailio, provisioning } = this;
    return {
      subscriber: kamailio.name("subscriber"),
      domain: kamailio.name("domain"),
      dbaliases: kamailio.name("dbaliases"),
      location: kamailio.name("location"),
      users: provisioning.name("users"),
      phones: provisioning.name("phones"),
    };
  }
}

const ADDRESS = ["username", "domain"];
const AT = { username: "username", domain: "domain" };

/** Where a number can be somebody's. */
const NAMED = [
  { table: "dbaliases", username: "alias_username", domain: "alias_domain" },
  { table: "subscriber", username: "username", domain: "domain" },
] as const;
