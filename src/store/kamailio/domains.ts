import type { Schema } from "../../database/schema";

const TABLE = "domain";

/** Kamailio's `domain`: what it serves. A running Kamailio reads it at start and on domain.reload. */
export class Domains {
  /** What was asked of this transaction before: nearly every node asks, and of few domains. */
  private readonly asked = new Map<string, boolean>();

  constructor(private readonly schema: Schema) {}

  async has(domain: string): Promise<boolean> {
    const known = this.asked.get(domain);
    if (known !== undefined) return known;
    const row = await this.schema
      .table<{ domain: string }>(TABLE)
      .where({ domain })
      .first("domain");
    this.asked.set(domain, row !== undefined);
    return row !== undefined;
  }

  async list(): Promise<string[]> {
    const rows: { domain: string }[] = await this.schema.table(TABLE).select("domain");
    return rows.map((row) => row.domain.toLowerCase()).sort();
  }

  /** For hermes init only: otherwise domains are for Kamailio's own tools. It must be told: domain.reload. */
  async add(domain: string): Promise<void> {
    this.asked.clear();
    await this.schema.table(TABLE).insert({
      domain,
      did: domain,
      last_modified: this.schema.trx.raw("CURRENT_TIMESTAMP"),
    });
  }
}
