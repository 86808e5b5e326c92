import type { Schema } from "../../database/schema";

const TABLE = "servers";

/** A domain's default servers, as phones are told them. Ports are UDP or TCP port numbers. */
export interface DomainServers {
  readonly registrar: string;
  readonly r_port: number;
  readonly proxy: string;
  readonly p_port: number;
  readonly prov_url: string;
}

/** The provisioning table `servers`: default servers by domain. */
export class Servers {
  constructor(private readonly schema: Schema) {}

  async find(domain: string): Promise<DomainServers | undefined> {
    return this.servers()
      .where({ domain })
      .first("registrar", "r_port", "proxy", "p_port", "prov_url");
  }

  /** Every domain's default servers, by domain. */
  async all(): Promise<Map<string, DomainServers>> {
    const rows: (DomainServers & { domain: string })[] = await this.servers().select("*");
    return new Map(rows.map(({ domain, ...servers }) => [domain, servers]));
  }

  async set(domain: string, servers: DomainServers): Promise<void> {
    await this.servers()
      .insert({ domain, ...servers } as never)
      .onConflict("domain" as never)
      .merge();
  }

  private servers() {
    return this.schema.table<DomainServers & { domain: string }>(TABLE);
  }
}
