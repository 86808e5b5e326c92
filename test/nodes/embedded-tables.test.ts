import { readFileSync } from "node:fs";
import Database from "libsql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Site, startSite } from "../support/site";

const TABLES = [
  ...["version", "subscriber", "dbaliases", "domain", "domain_attrs"],
  ...["usr_preferences", "location", "location_attrs"],
];

const FILES = ["standard", "auth_db", "alias_db", "domain", "avpops", "usrloc"];

type Query = (sql: string) => Promise<Record<string, unknown>[]>;

/** The embedded file holds Kamailio's tables as its own db_sqlite files make them. */
describe("the embedded database's Kamailio tables", () => {
  const stock = new Database(":memory:");
  let site: Site;
  const ofStock: Query = async (sql) => stock.prepare(sql).all() as Record<string, unknown>[];
  const ofOurs: Query = (sql) => site.sql(sql);

  beforeAll(async () => {
    site = await startSite("embedded");
    for (const name of FILES) {
      stock.exec(readFileSync(`/usr/share/kamailio/db_sqlite/${name}-create.sql`, "utf8"));
    }
  });
  afterAll(async () => {
    stock.close();
    await site.stop();
  });

  it.each(TABLES)("%s has the columns, declared types and defaults", async (table) => {
    const columns = (query: Query) => query(`SELECT * FROM pragma_table_info('${table}')`);
    const expected = await columns(ofStock);
    expect(expected.length).toBeGreaterThan(0);
    expect(await columns(ofOurs)).toEqual(expected);
  });

  it.each(TABLES)("%s has the indexes", async (table) => {
    const indexes = async (query: Query) => {
      const list = await query(
        `SELECT name, "unique", origin, partial FROM pragma_index_list('${table}') ORDER BY name`,
      );
      return Promise.all(
        list.map(async (index) => ({
          ...index,
          columns: await query(`SELECT seqno, name FROM pragma_index_info('${index.name}')`),
        })),
      );
    };
    expect(await indexes(ofOurs)).toEqual(await indexes(ofStock));
  });

  it("says the version of every table that Kamailio asks for", async () => {
    const versions = (query: Query) =>
      query(
        `SELECT table_name, table_version FROM version
         WHERE table_name IN (${TABLES.map((name) => `'${name}'`).join(", ")}) ORDER BY 1`,
      );
    expect(await versions(ofOurs)).toEqual(await versions(ofStock));
  });
});
