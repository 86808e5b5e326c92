import { writeFile } from "node:fs/promises";
import type { MariadbSite } from "./site";

/** Rows of one INSERT, as dumps have them. */
const ROWS = 1000;

const TABLES = ["{kamailio}.subscriber", "{kamailio}.usr_preferences", "{hermes}.users"];

/** Writes the accounts that a site has as SQL: one transaction of long INSERTs. */
export async function finishedRows(site: MariadbSite, file: string): Promise<void> {
  const { kamailio, provisioning } = site.databases;
  const statements = ["BEGIN;"];
  for (const table of TABLES) {
    const rows = await site.sql<Record<string, unknown>>(`SELECT * FROM ${table}`);
    const name = table.replace("{kamailio}", kamailio).replace("{hermes}", provisioning);
    for (let start = 0; start < rows.length; start += ROWS) {
      const values = rows
        .slice(start, start + ROWS)
        .map((row) => `(${Object.values(row).map(literal).join(",")})`);
      statements.push(`INSERT INTO ${name} VALUES ${values.join(",\n")};`);
    }
  }
  await writeFile(file, [...statements, "COMMIT;", ""].join("\n"));
}

function literal(value: unknown): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return String(value);
  return `'${String(value).replace(/['\\]/g, "\\$&")}'`;
}
