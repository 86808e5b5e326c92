import type { Schema } from "../../database/schema";
import { deleteWith, rowsWith } from "../bulk/rows-at";
import { insertRows, updateRow } from "../bulk/write-rows";

const TABLE = "servers";

/** A domain's default servers, as phones are told them. Ports are UDP or TCP port numbers. */
export interface DomainServers {
  readonly registrar: string;
  readonly r_port: number;
  readonly proxy: string;
  readonly p_port: number;
  readonly prov_url: string;
}

const COLUMNS = ["registrar", "r_port", "proxy", "p_port", "prov_url"] as const;

export interface ServersOfDomain {
  readonly domain: string;
  readonly servers: DomainServers;
}

type ServersRow = DomainServers & { readonly domain: string };

/** The provisioning table `servers`: default servers by domain. */
export class Servers {
  constructor(private readonly schema: Schema) {}

  async find(domain: string): Promise<DomainServers | undefined> {
    return this.schema.row<DomainServers>(
      `SELECT ${COLUMNS.join(", ")} FROM ${this.schema.name(TABLE)} WHERE domain = ?`,
      [domain],
    );
  }

  /** Every domain's default servers, by domain. */
  async all(): Promise<Map<string, DomainServers>> {
    const rows = await this.schema.rows<ServersRow>(
      `SELECT domain, ${COLUMNS.join(", ")} FROM ${this.schema.name(TABLE)}`,
    );
    return new Map(rows.map(({ domain, ...servers }) => [domain, servers]));
  }

  /** The default servers of those of the domains that have some. */
  async among(domains: readonly string[]): Promise<ServersOfDomain[]> {
    const select = ["domain", ...COLUMNS].join(", ");
    const rows = await rowsWith<ServersRow>(this.schema, TABLE, "domain", domains, { select });
    return rows.map(({ domain, ...servers }) => ({ domain, servers }));
  }

  async insert(all: readonly ServersOfDomain[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["domain", ...COLUMNS],
      all.map(({ domain, servers }) => [domain, ...COLUMNS.map((name) => servers[name])]),
    );
  }

  async update(domain: string, changes: Partial<DomainServers>): Promise<void> {
    await updateRow(this.schema, TABLE, { domain }, changes);
  }

  async remove(domains: readonly string[]): Promise<void> {
    await deleteWith(this.schema, TABLE, "domain", domains);
  }
}
