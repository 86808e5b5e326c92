import type { Schema } from "../../database/schema";
import { deleteWith, rowsWith } from "../bulk/rows-at";
import { insertRows } from "../bulk/write-rows";

const TABLE = "domain";

/** Kamailio's `domain`: what it serves. A running Kamailio reads it at start and on domain.reload. */
export class Domains {
  constructor(private readonly schema: Schema) {}

  async has(domain: string): Promise<boolean> {
    const sql = `SELECT 1 FROM ${this.schema.name(TABLE)} WHERE domain = ?`;
    return (await this.schema.rows(sql, [domain])).length > 0;
  }

  /** Those of many domains that there are, in lower case. */
  async among(domains: readonly string[]): Promise<string[]> {
    const select = "domain";
    const rows = await rowsWith<{ domain: string }>(this.schema, TABLE, "domain", domains, {
      select,
    });
    return rows.map((row) => row.domain.toLowerCase());
  }

  /** All of them in lower case, in order. */
  async list(): Promise<string[]> {
    const rows = await this.schema.rows<{ domain: string }>(
      `SELECT domain FROM ${this.schema.name(TABLE)}`,
    );
    return rows.map((row) => row.domain.toLowerCase()).sort();
  }

  async insert(domains: readonly string[]): Promise<void> {
    await insertRows(
      this.schema,
      TABLE,
      ["domain", "did"],
      domains.map((domain) => [domain, domain]),
      { constants: { last_modified: "CURRENT_TIMESTAMP" } },
    );
  }

  async remove(domains: readonly string[]): Promise<void> {
    await deleteWith(this.schema, TABLE, "domain", domains);
  }
}
