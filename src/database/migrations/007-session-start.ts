import type { Migration } from "./migration";

/** When a session was opened: no ping prolongs it for ever. */
export const sessionStart: Migration = {
  name: "007-session-start",

  async up(knex, { kind }) {
    if (!(await knex.schema.hasColumn("sessions", "created"))) {
      await knex.schema.alterTable("sessions", (table) => {
        table.bigInteger("created").unsigned().notNullable().defaultTo(0);
      });
    }
    // For those that are open already it begins now.
    const now = knex.raw(kind === "mysql" ? "UNIX_TIMESTAMP()" : "unixepoch()");
    await knex("sessions").where({ created: 0 }).update({ created: now });
  },

  async down(knex) {
    await knex.schema.alterTable("sessions", (table) => {
      table.dropColumn("created");
    });
  },
};
