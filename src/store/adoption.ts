import type { Schema } from "../database/schema";
import type { SipAddress } from "../model/sip-address";
import type { DomainServers, Servers } from "./provisioning/servers";
import type { ProvisionedUser, Users } from "./provisioning/users";

/** Accounts that one statement takes over. */
const PAGE = 1000;

/** Which of Kamailio's accounts are meant; left out, all of them. */
export type AdoptionScope = Partial<SipAddress>;

/** An account that stands in Kamailio's `subscriber` and not in provisioning: made by another tool. */
interface Orphan {
  readonly id: number;
  readonly username: string;
  readonly domain: string;
  readonly password: string | null;
}

export interface Adopted {
  readonly address: SipAddress;
  readonly withPassword: boolean;
}

/** Accounts of Kamailio's and their rows in provisioning. */
export class Adoption {
  constructor(
    private readonly kamailio: Schema,
    private readonly provisioning: Schema,
    private readonly users: Users,
    private readonly servers: Servers,
  ) {}

  /**
   * Gives accounts the provisioning rows they lack, with the default servers of their domain;
   * `unserved` is told of domains that have none: accounts of theirs are passed over. Where Kamailio
   * has digests only, the row gets no password. Take the lock on addresses first.
   */
  async *adopt(scope: AdoptionScope, unserved: Set<string>): AsyncGenerator<Adopted[]> {
    const servers = await this.servers.all();
    for await (const orphans of this.orphans(scope)) {
      const served = orphans.flatMap((orphan) => {
        const own = servers.get(orphan.domain.toLowerCase());
        if (own === undefined) unserved.add(orphan.domain.toLowerCase());
        return own === undefined ? [] : [provisioned(orphan, own)];
      });
      await this.users.insertMany(served);
      yield served.map(({ address, password }) => ({ address, withPassword: password !== "" }));
    }
  }

  private async *orphans(scope: AdoptionScope): AsyncGenerator<Orphan[]> {
    const filter = Object.keys(scope).map((column) => `AND s.${column} = ?`);
    let last = -1;
    for (;;) {
      const page = await this.kamailio.rows<Orphan>(
        `SELECT s.id, s.username, s.domain, s.password FROM ?? AS s
         LEFT JOIN ?? AS u ON u.username = s.username AND u.domain = s.domain
         WHERE u.username IS NULL ${filter.join(" ")} AND s.id > ? ORDER BY s.id LIMIT ${PAGE}`,
        [
          this.kamailio.qualified("subscriber"),
          this.provisioning.qualified("users"),
          ...Object.values(scope),
          last,
        ],
      );
      if (page.length > 0) yield page;
      if (page.length < PAGE) return;
      last = page.at(-1)?.id ?? last;
    }
  }
}

function provisioned(orphan: Orphan, servers: DomainServers): ProvisionedUser {
  const { username, domain, password } = orphan;
  const { registrar, r_port, proxy, p_port } = servers;
  return {
    address: { username, domain },
    password: password?.trim() ? password : "",
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
