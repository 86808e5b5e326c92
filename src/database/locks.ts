import type { LockName } from "../model/lock-name";
import { critical } from "../model/refusal";
import type { Schema } from "./schema";

/**
 * Takes locks, held until the transaction ends: before anything is read, or what was read may be
 * older than the lock. A row is changed rather than read FOR UPDATE: so the lock holds on every node of
 * a Galera cluster.
 */
export async function takeLocks(schema: Schema, names: Iterable<LockName>): Promise<void> {
  const sorted = [...new Set(names)].sort();
  // An SQLite writer holds the whole file's lock already.
  if (sorted.length === 0 || schema.kind === "sqlite") return;
  const taken = await schema.changedEverywhere(
    `UPDATE ${schema.name("locks")} SET taken = taken + 1 WHERE name IN (${sorted.map(() => "?")})`,
    sorted,
  );
  if (taken < sorted.length) {
    throw critical(
      "dbfail",
      `Table locks lacks one of ${sorted.join(", ")}. Run: hermes db migrate`,
    );
  }
}
