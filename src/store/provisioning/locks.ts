import type { Schema } from "../../database/schema";

export type LockName = "addresses" | "numbers" | "operators";

/**
 * Locks that writers take before they look, held until their transaction ends. A row is changed
 * rather than read FOR UPDATE, so that a Galera cluster certifies it too.
 */
export class Locks {
  constructor(private readonly schema: Schema) {}

  async take(name: LockName): Promise<void> {
    // An SQLite writer holds the whole file's lock already.
    if (this.schema.kind === "sqlite") return;
    if (this.schema.locked.has(name)) return;
    await this.schema.table("locks").where({ name }).increment("taken", 1);
    this.schema.locked.add(name);
  }
}
