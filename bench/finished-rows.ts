import { writeFile } from "node:fs/promises";
import type { MariadbSite } from "./site";

/** Characters of one INSERT, as dumps have them. */
const LENGTH = 1_000_000;

const TABLES = [
  ...["{kamailio}.subscriber", "{kamailio}.usr_preferences", "{hermes}.users"],
  ...["{hermes}.records", "{hermes}.record_changes", "{hermes}.record_subjects"],
];

/** Writes the accounts that a site has, and what is recorded of them, as SQL: one transaction of long INSERTs. */
export async function finishedRows(site: MariadbSite, file: string): Promise<void> {
  const { kamailio, provisioning } = site.databases;
  const statements = ["BEGIN;"];
  for (const table of TABLES) {
    const rows = await site.sql<Record<string, unknown>>(`SELECT * FROM ${table}`);
    const name = table.replace("{kamailio}", kamailio).replace("{hermes}", provisioning);
    let some: string[] = [];
    let length = 0;
    const insert = () => {
      if (some.length > 0) statements.push(`INSERT INTO ${name} VALUES ${some.join(",\n")};`);
      [some, length] = [[], 0];
    };
    for (const row of rows) {
      const values = `(${Object.values(row).map(literal).join(",")})`;
      if (length + values.length > LENGTH) insert();
      some.push(values);
      length += values.length;
    }
    insert();
  }
  await writeFile(file, [...statements, "COMMIT;", ""].join("\n"));
}

function literal(value: unknown): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return String(value);
  if (Buffer.isBuffer(value)) return `X'${value.toString("hex")}'`;
  return `'${String(value).replace(/['\\]/g, "\\$&")}'`;
}
