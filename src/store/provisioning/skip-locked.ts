import type { Schema } from "../../database/schema";

/**
 * How this server reads rows to keep them until the transaction ends. Where it can, it passes over
 * rows that another transaction holds (MariaDB 10.6, MySQL 8.0); elsewhere it waits for them. An
 * SQLite writer has the file to itself.
 */
export async function lockingRead(schema: Schema): Promise<string> {
  if (schema.kind === "sqlite") return "";
  const [row] = await schema.rows<{ version: string }>("SELECT VERSION() AS version");
  return canSkipLocked(row?.version ?? "") ? "FOR UPDATE SKIP LOCKED" : "FOR UPDATE";
}

/** `10.11.6-MariaDB-0+deb12u1`, `8.0.36`, `8.0.11-TiDB-v7.5.0` */
export function canSkipLocked(version: string): boolean {
  if (/TiDB/i.test(version)) return false;
  // Some MariaDBs put 5.5.5- before their version, for old replicas.
  const [major = 0, minor = 0] = version
    .replace(/^5\.5\.5-/, "")
    .split(".")
    .map(Number.parseFloat);
  if (/MariaDB/i.test(version)) return major > 10 || (major === 10 && minor >= 6);
  return major >= 8;
}
