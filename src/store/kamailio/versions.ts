import type { Schema } from "../../database/schema";

/** Kamailio's tables that Hermes works on, with the versions it knows. */
export const KNOWN_VERSIONS: Readonly<Record<string, readonly number[]>> = {
  subscriber: [6, 7],
  location: [6, 7, 8, 9],
  dbaliases: [1],
  domain: [1, 2],
  usr_preferences: [2],
  grp: [2],
};

/** Kamailio's `version`: the version of each of its tables. */
export class Versions {
  constructor(private readonly schema: Schema) {}

  /** Versions by table, of those tables that Hermes works on. */
  async list(): Promise<Map<string, number>> {
    const rows = await this.schema.rows<{ table_name: string; table_version: number }>(
      `SELECT table_name, table_version FROM ${this.schema.name("version")}`,
    );
    const all = new Map(rows.map((row) => [row.table_name, Number(row.table_version)]));
    return new Map(
      Object.keys(KNOWN_VERSIONS).flatMap((table) => {
        const version = all.get(table);
        return version === undefined ? [] : [[table, version]];
      }),
    );
  }
}
