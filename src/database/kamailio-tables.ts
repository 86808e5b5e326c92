import type { Knex } from "knex";

// The declared types matter: db_sqlite tells text, integer, real and time by them.
const ID = "id INTEGER PRIMARY KEY NOT NULL";
const LAST_MODIFIED =
  "last_modified TIMESTAMP WITHOUT TIME ZONE DEFAULT '2000-01-01 00:00:01' NOT NULL";
const words = (name: string, width: number) => `${name} VARCHAR(${width}) DEFAULT '' NOT NULL`;
const whole = (name: string, value: number) => `${name} INTEGER DEFAULT ${value} NOT NULL`;

interface KamailioTable {
  readonly name: string;
  readonly version: number;
  readonly columns: readonly string[];
  /** Index columns by the index's name. */
  readonly indexes?: Readonly<Record<string, string>>;
}

/** Kamailio 5.6's tables as its db_sqlite module expects them. */
const TABLES: readonly KamailioTable[] = [
  {
    name: "version",
    version: 1,
    columns: [
      ID,
      "table_name VARCHAR(32) NOT NULL",
      whole("table_version", 0),
      "CONSTRAINT version_table_name_idx UNIQUE (table_name)",
    ],
  },
  {
    name: "subscriber",
    version: 7,
    columns: [
      ID,
      words("username", 64),
      words("domain", 64),
      words("password", 64),
      words("ha1", 128),
      words("ha1b", 128),
      "CONSTRAINT subscriber_account_idx UNIQUE (username, domain)",
    ],
    indexes: { subscriber_username_idx: "username" },
  },
  {
    name: "dbaliases",
    version: 1,
    columns: [
      ID,
      words("alias_username", 64),
      words("alias_domain", 64),
      words("username", 64),
      words("domain", 64),
    ],
    indexes: {
      dbaliases_alias_user_idx: "alias_username",
      dbaliases_alias_idx: "alias_username, alias_domain",
      dbaliases_target_idx: "username, domain",
    },
  },
  {
    name: "domain",
    version: 2,
    columns: [
      ID,
      "domain VARCHAR(64) NOT NULL",
      "did VARCHAR(64) DEFAULT NULL",
      LAST_MODIFIED,
      "CONSTRAINT domain_domain_idx UNIQUE (domain)",
    ],
  },
  {
    name: "domain_attrs",
    version: 1,
    columns: [
      ID,
      "did VARCHAR(64) NOT NULL",
      "name VARCHAR(32) NOT NULL",
      "type INTEGER NOT NULL",
      "value VARCHAR(255) NOT NULL",
      LAST_MODIFIED,
    ],
    indexes: { domain_attrs_domain_attrs_idx: "did, name" },
  },
  {
    name: "usr_preferences",
    version: 2,
    columns: [
      ID,
      words("uuid", 64),
      "username VARCHAR(255) DEFAULT 0 NOT NULL",
      words("domain", 64),
      words("attribute", 32),
      whole("type", 0),
      words("value", 128),
      LAST_MODIFIED,
    ],
    indexes: {
      usr_preferences_ua_idx: "uuid, attribute",
      usr_preferences_uda_idx: "username, domain, attribute",
    },
  },
  {
    name: "grp",
    version: 2,
    columns: [
      ID,
      words("username", 64),
      words("domain", 64),
      words("grp", 64),
      LAST_MODIFIED,
      "CONSTRAINT grp_account_group_idx UNIQUE (username, domain, grp)",
    ],
  },
  {
    name: "location",
    version: 9,
    columns: [
      ID,
      words("ruid", 64),
      words("username", 64),
      "domain VARCHAR(64) DEFAULT NULL",
      words("contact", 512),
      "received VARCHAR(128) DEFAULT NULL",
      "path VARCHAR(512) DEFAULT NULL",
      "expires TIMESTAMP WITHOUT TIME ZONE DEFAULT '2030-05-28 21:32:15' NOT NULL",
      "q REAL DEFAULT 1.0 NOT NULL",
      "callid VARCHAR(255) DEFAULT 'Default-Call-ID' NOT NULL",
      whole("cseq", 1),
      LAST_MODIFIED,
      whole("flags", 0),
      whole("cflags", 0),
      words("user_agent", 255),
      "socket VARCHAR(64) DEFAULT NULL",
      "methods INTEGER DEFAULT NULL",
      "instance VARCHAR(255) DEFAULT NULL",
      whole("reg_id", 0),
      whole("server_id", 0),
      whole("connection_id", 0),
      whole("keepalive", 0),
      whole("partition", 0),
      "CONSTRAINT location_ruid_idx UNIQUE (ruid)",
    ],
    indexes: {
      location_account_contact_idx: "username, domain, contact",
      location_expires_idx: "expires",
      location_tcpcon_idx: "connection_id",
      location_connection_idx: "server_id, connection_id",
    },
  },
  {
    name: "location_attrs",
    version: 1,
    columns: [
      ID,
      words("ruid", 64),
      words("username", 64),
      "domain VARCHAR(64) DEFAULT NULL",
      words("aname", 64),
      whole("atype", 0),
      words("avalue", 512),
      LAST_MODIFIED,
    ],
    indexes: {
      location_attrs_account_record_idx: "username, domain, ruid",
      location_attrs_last_modified_idx: "last_modified",
    },
  },
];

/** Makes those of Kamailio's tables that an SQLite file lacks; those it has stay as they are. */
export async function createKamailioTables(knex: Knex): Promise<void> {
  for (const { name, columns, indexes = {} } of TABLES) {
    if (await knex.schema.hasTable(name)) continue;
    await knex.raw(`CREATE TABLE ${name} (${columns.join(", ")})`);
    for (const [index, on] of Object.entries(indexes)) {
      await knex.raw(`CREATE INDEX ${index} ON ${name} (${on})`);
    }
  }
  const versions = TABLES.map(({ name, version }) => ({
    table_name: name,
    table_version: version,
  }));
  await knex("version").insert(versions).onConflict("table_name").ignore();
}
