import type { Schema } from "../../database/schema";
import type { RowOf } from "../../database/tables";
import { deleteWith, rowsWith } from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const TABLE = "domain";

export interface DomainValues {
  /** Kamailio's id of the domain, by which `domain_attrs` is kept; null where another tool gave it none. */
  readonly did: string | null;
}

export interface Domain extends DomainValues {
  /** In lower case. */
  readonly domain: string;
}

/** Kamailio's `domain`: what it serves. A running Kamailio reads it at start and on domain.reload. */
export class Domains {
  constructor(private readonly schema: Schema) {}

  async has(domain: string): Promise<boolean> {
    const sql = `SELECT 1 FROM ${this.schema.name(TABLE)} WHERE domain = ?`;
    return (await this.schema.rows(sql, [domain])).length > 0;
  }

  /** Those of many domains that there are. */
  async among(domains: readonly string[]): Promise<Domain[]> {
    type Row = RowOf<"domain"> & { readonly did?: string | null };
    const rows = await rowsWith<Row>(this.schema, TABLE, "domain", domains);
    return rows.map(({ domain, did = null }) => ({ domain: domain.toLowerCase(), did }));
  }

  /** All of them in lower case, in order. */
  async list(): Promise<string[]> {
    const rows = await this.schema.rows<{ domain: string }>(
      `SELECT domain FROM ${this.schema.name(TABLE)}`,
    );
    return rows.map((row) => row.domain.toLowerCase()).sort();
  }

  async insert(domains: readonly Domain[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["domain", "did"],
      domains.map(({ domain, did }) => [domain, did]),
      { constants: { last_modified: "CURRENT_TIMESTAMP" } },
    );
  }

  async remove(domains: readonly string[]): Promise<void> {
    await deleteWith(this.schema, TABLE, "domain", domains);
  }
}
