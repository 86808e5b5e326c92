import type { Knex } from "knex";
import { createTable } from "./create-table";
import { exactText, type Migration, type MigrationContext } from "./migration";

/** The record of changes: who did what, what it changed, and which addresses it was about. */
export const record: Migration = {
  name: "005-record",

  async up(knex, context) {
    const id = ascii(context, 20);
    await createTable(knex, "records", (table) => {
      table.specificType("id", id).notNullable().primary();
      table.string("caller", 255).notNullable();
      table.specificType("operator_id", ascii(context, 36));
      table.specificType("node", ascii(context, 64)).notNullable();
      table.string("subject", 255).notNullable();
      table.text("params", "mediumtext").notNullable();
      table.bigInteger("changes").unsigned().notNullable();
      // Another record's id: the one that took this one back, and the one that this one took back.
      table.specificType("undone_by", id);
      table.specificType("undoes", id);
    });
    // What a record changed, in parts of a bounded size: a million accounts are one record.
    await createTable(knex, "record_changes", (table) => {
      table.specificType("record", id).notNullable();
      table.integer("part").unsigned().notNullable();
      table.specificType("content", blob(context)).notNullable();
      table.primary(["record", "part"]);
    });
    // By address alone: an import has a row here for every account of it.
    await createTable(knex, "record_subjects", (table) => {
      table.specificType("address", exactText(context, 129)).notNullable();
      table.specificType("record", id).notNullable();
      table.primary(["address", "record"]);
    });
  },

  async down(knex: Knex) {
    for (const table of ["record_subjects", "record_changes", "records"]) {
      await knex.schema.dropTable(table);
    }
  },
};

const ascii = ({ kind }: MigrationContext, width: number) =>
  kind === "mysql"
    ? `VARCHAR(${width}) CHARACTER SET ascii COLLATE ascii_bin`
    : `VARCHAR(${width})`;

const blob = ({ kind }: MigrationContext) => (kind === "mysql" ? "MEDIUMBLOB" : "BLOB");
