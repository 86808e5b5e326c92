import { createTable } from "./create-table";
import { addressColumns, type Migration } from "./migration";

/** What is set aside of disabled accounts, and when accounts were last registered. */
export const people: Migration = {
  name: "006-people",

  async up(knex, context) {
    await createTable(knex, "disabled_accounts", (table) => {
      addressColumns(table, context);
      table.string("password", 64).notNullable();
      table.string("ha1", 128).notNullable();
      table.string("ha1b", 128).notNullable();
      table.primary(["username", "domain"]);
    });
    await createTable(knex, "last_seen", (table) => {
      addressColumns(table, context);
      table.bigInteger("seen").unsigned().notNullable();
      table.primary(["username", "domain"]);
    });
  },

  async down(knex) {
    for (const table of ["last_seen", "disabled_accounts"]) await knex.schema.dropTable(table);
  },
};
