import type { Schema } from "../database/schema";

/** The database's clock. What has to agree between machines goes by it, not by a machine's own. */
export class Clock {
  constructor(private readonly schema: Schema) {}

  /** Unix seconds. */
  async now(): Promise<number> {
    const row = await this.schema.row<{ now: number }>(`SELECT ${this.schema.unixNow} AS now`);
    return Number(row?.now);
  }
}
