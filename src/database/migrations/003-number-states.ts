import { createTable } from "./create-table";
import type { Migration } from "./migration";

/** Numbers that are kept from being given out: reserved ones, and those that rest after their release. */
export const numberStates: Migration = {
  name: "003-number-states",

  async up(knex, { kind }) {
    const ascii = kind === "mysql" ? " CHARACTER SET ascii COLLATE ascii_bin" : "";
    await createTable(knex, "held_numbers", (table) => {
      // As in `numbers`, so that both are in one order.
      table.specificType("number", `VARCHAR(16)${ascii}`).notNullable().primary();
      table.string("state", 16).notNullable();
      table.bigInteger("until").unsigned().index();
      const note = table.string("note", 255);
      if (kind === "mysql") note.collate("utf8mb4_unicode_ci");
    });
  },

  async down(knex) {
    await knex.schema.dropTable("held_numbers");
  },
};
