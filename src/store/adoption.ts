import type { Schema } from "../database/schema";
import type { SipAddress } from "../model/sip-address";
import type { DomainServers } from "./provisioning/servers";
import type { PhoneSettings } from "./provisioning/users";

/** Accounts that one statement takes over. */
const PAGE = 1000;

/** Which of Kamailio's accounts are meant; left out, all of them. */
export type AdoptionScope = Partial<SipAddress>;

interface Orphan {
  id: number;
  username: string;
  domain: string;
  password: string;
}

export interface Adopted {
  readonly address: SipAddress;
  readonly withPassword: boolean;
}

/** Accounts that stand in Kamailio's `subscriber` and not in provisioning: made by other tools. */
export class Adoption {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
  ) {}

  /** Whether provisioning lacks any account of the scope; with `served`, one that can be adopted. */
  async pending(scope: AdoptionScope = {}): Promise<boolean> {
    return (await this.page(scope, -1, 1)).length > 0;
  }

  /** Domains with accounts that lack a row in provisioning and can't get one: they have no default servers. */
  async domainsWithoutServers(scope: AdoptionScope): Promise<string[]> {
    const rows = await this.kamailio.rows<{ domain: string }>(
      `SELECT DISTINCT s.domain AS domain ${this.from("LEFT JOIN")} AND v.domain IS NULL ${where(scope)} ORDER BY s.domain`,
      [...this.tables, ...Object.values(scope)],
    );
    return rows.map(({ domain }) => domain);
  }

  /**
   * Gives accounts their provisioning row, with the default servers of their domain; those of
   * domains without servers are passed over. Accounts of which Kamailio has only digests get no
   * password. Take the lock on addresses first.
   */
  async *adopt(scope: AdoptionScope): AsyncGenerator<Adopted[]> {
    let last = -1;
    for (;;) {
      const orphans = await this.page(scope, last, PAGE);
      if (orphans.length === 0) return;
      await this.provisioning.table("users").insert(orphans.map(settings) as never);
      yield orphans.map(({ username, domain, password }) => ({
        address: { username, domain },
        withPassword: password !== "",
      }));
      last = orphans.at(-1)?.id ?? last;
    }
  }

  private async page(scope: AdoptionScope, after: number, limit: number) {
    const rows = await this.kamailio.rows<Orphan & DomainServers>(
      `SELECT s.id, s.username, s.domain, TRIM(s.password) AS password,
         v.registrar, v.r_port, v.proxy, v.p_port
       ${this.from("JOIN")} ${where(scope)} AND s.id > ? ORDER BY s.id LIMIT ${limit}`,
      [...this.tables, ...Object.values(scope), after],
    );
    return rows.map((row) => ({ ...row, password: row.password ?? "" }));
  }

  private from(servers: "JOIN" | "LEFT JOIN"): string {
    return `FROM ?? AS s LEFT JOIN ?? AS u ON u.username = s.username AND u.domain = s.domain
      ${servers} ?? AS v ON v.domain = s.domain WHERE u.username IS NULL`;
  }

  private get tables(): string[] {
    return [
      this.kamailio.qualified("subscriber"),
      this.provisioning.qualified("users"),
      this.provisioning.qualified("servers"),
    ];
  }
}

const where = (scope: AdoptionScope) =>
  Object.keys(scope)
    .map((column) => `AND s.${column} = ?`)
    .join(" ");

function settings(orphan: Orphan & DomainServers): SipAddress & PhoneSettings {
  const { username, domain, password, registrar, r_port, proxy, p_port } = orphan;
  return {
    username,
    domain,
    password,
    authid: username,
    registrar,
    r_port,
    proxy,
    p_port,
    dialplan: null,
    displayname: username,
    linetext: username,
  };
}
