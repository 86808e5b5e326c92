import { createTable } from "./create-table";
import type { Migration } from "./migration";

/** Where Kamailio's tables are on another server: what was decided of its part of a write. */
export const decisions: Migration = {
  name: "008-decisions",

  async up(knex) {
    await createTable(knex, "decisions", (table) => {
      // The branch's name, as XA has it: 64 bytes at most.
      table.string("xid", 64).notNullable().primary();
      table.string("outcome", 8).notNullable();
      // The record of what was done by it.
      table.string("record", 20);
    });
  },

  async down(knex) {
    await knex.schema.dropTable("decisions");
  },
};
