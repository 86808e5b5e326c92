import { createTable } from "./create-table";
import type { Migration } from "./migration";

/** What each phone is: without a row it is guessed from its MAC address. */
export const phoneModels: Migration = {
  name: "004-phone-models",

  async up(knex) {
    await createTable(knex, "phone_models", (table) => {
      table.string("mac", 12).notNullable().primary();
      table.string("vendor", 32).notNullable();
      table.string("model", 32);
    });
  },

  async down(knex) {
    await knex.schema.dropTable("phone_models");
  },
};
