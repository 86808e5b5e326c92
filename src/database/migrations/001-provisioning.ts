import { createTable } from "./create-table";
import { addressColumns, type Migration } from "./migration";

/** Accounts as phones are configured from them, the number pool, default servers, and the locks of writers. */
export const provisioning: Migration = {
  name: "001-provisioning",

  async up(knex, context) {
    await createTable(knex, "users", (table) => {
      addressColumns(table, context);
      table.string("password", 64).notNullable();
      table.string("authid", 64).notNullable();
      table.string("registrar", 64).notNullable();
      table.integer("r_port").unsigned().notNullable();
      table.string("proxy", 64).notNullable();
      table.integer("p_port").unsigned().notNullable();
      table.string("dialplan", 255);
      table.string("displayname", 255);
      table.string("linetext", 255);
      table.primary(["username", "domain"]);
    });
    await createTable(knex, "phones", (table) => {
      table.string("mac", 12).notNullable();
      addressColumns(table, context);
      table.primary(["mac", "username", "domain"]);
      table.index(["username", "domain"]);
    });
    await createTable(knex, "servers", (table) => {
      table.string("domain", 64).notNullable().primary();
      table.string("registrar", 64).notNullable();
      table.integer("r_port").unsigned().notNullable();
      table.string("proxy", 64).notNullable();
      table.integer("p_port").unsigned().notNullable();
      table.string("prov_url", 255).notNullable();
    });
    // One column and nothing else: a pool is loaded a million numbers at a time.
    await knex.raw(
      context.kind === "mysql"
        ? "CREATE TABLE IF NOT EXISTS numbers (number VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY) ENGINE=InnoDB"
        : "CREATE TABLE numbers (number VARCHAR(16) NOT NULL PRIMARY KEY) WITHOUT ROWID",
    );
    await createTable(knex, "locks", (table) => {
      table.string("name", 32).notNullable().primary();
      table.bigInteger("taken").unsigned().notNullable().defaultTo(0);
    });
    const locks = [{ name: "addresses" }, { name: "numbers" }];
    await knex("locks").insert(locks).onConflict("name").ignore();
  },

  async down(knex) {
    for (const table of ["locks", "numbers", "servers", "phones", "users"]) {
      await knex.schema.dropTable(table);
    }
  },
};
