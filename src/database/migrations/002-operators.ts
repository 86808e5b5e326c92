import { createTable } from "./create-table";
import { addressColumns, exactText, type Migration, type MigrationContext } from "./migration";

const RIGHTS = [
  "pickup",
  "steal",
  "spy",
  "set_presence",
  "queue_member",
  "view_other_party",
  "read_calendar",
  "write_calendar",
  "read_phonebook",
  "write_phonebook",
  "control_sip_devices",
];

/** Operators, their sessions and API keys, and what they may do with which extension. */
export const operators: Migration = {
  name: "002-operators",

  async up(knex, context) {
    await createTable(knex, "operators", (table) => {
      table.specificType("id", ascii(context, 36)).notNullable().primary();
      table.specificType("username", exactText(context, 64)).notNullable().unique();
      table.string("displayname", 255);
      table.string("password", 255).notNullable();
      table.boolean("enabled").notNullable();
      table.boolean("full").notNullable();
      table.string("access", 16).notNullable();
      table.bigInteger("last_password_changed_at").unsigned();
    });
    await createTable(knex, "api_keys", (table) => {
      table.specificType("id", ascii(context, 10)).notNullable().primary();
      table.specificType("digest", ascii(context, 64)).notNullable().unique();
      table.string("host", 64).notNullable();
      table.string("access", 16).notNullable();
      table.specificType("operator_id", ascii(context, 36)).index();
      table.bigInteger("created").unsigned().notNullable();
      table.bigInteger("last_used").unsigned();
    });
    await createTable(knex, "sessions", (table) => {
      table.specificType("digest", ascii(context, 64)).notNullable().primary();
      table.specificType("key_digest", ascii(context, 64)).notNullable();
      table.bigInteger("key_expires").unsigned().notNullable();
      table.bigInteger("expires").unsigned().notNullable().index();
      table.specificType("operator_id", ascii(context, 36)).index();
      table.specificType("api_key_id", ascii(context, 10)).index();
    });
    await createTable(knex, "login_attempts", (table) => {
      table.specificType("subject", ascii(context, 64)).notNullable().primary();
      table.integer("failures").unsigned().notNullable();
      table.bigInteger("locked_until").unsigned().notNullable();
      table.bigInteger("last").unsigned().notNullable().index();
    });
    await createTable(knex, "managing_users", (table) => {
      addressColumns(table, context);
      table.specificType("operator_id", ascii(context, 36)).notNullable().index();
      table.primary(["username", "domain"]);
    });
    await createTable(knex, "extension_grants", (table) => {
      table.specificType("operator_id", ascii(context, 36)).notNullable();
      addressColumns(table, context);
      for (const right of RIGHTS) table.boolean(right).notNullable().defaultTo(false);
      table.string("view_other_party_override", 40).notNullable().defaultTo("NONE");
      table.primary(["operator_id", "username", "domain"]);
      table.index(["username", "domain"]);
    });
    await knex("locks").insert({ name: "operators" }).onConflict("name").ignore();
  },

  async down(knex) {
    await knex("locks").where({ name: "operators" }).delete();
    for (const table of [
      "extension_grants",
      "managing_users",
      "login_attempts",
      "sessions",
      "api_keys",
      "operators",
    ]) {
      await knex.schema.dropTable(table);
    }
  },
};

/** Ids and digests. */
const ascii = ({ kind }: MigrationContext, width: number) =>
  kind === "mysql" ? `CHAR(${width}) CHARACTER SET ascii COLLATE ascii_bin` : `VARCHAR(${width})`;
