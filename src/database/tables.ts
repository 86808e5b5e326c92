/** Kamailio's tables that Hermes reads or writes. */
export const KAMAILIO_TABLES = [
  "version",
  "subscriber",
  "location",
  "dbaliases",
  "domain",
  "usr_preferences",
] as const;

/** Those of Kamailio's tables that a site can do without. */
export const OPTIONAL_KAMAILIO_TABLES = ["grp"] as const;

export type Right = "INSERT" | "UPDATE" | "DELETE";

/** What Hermes does with Kamailio's tables beside reading them. */
export const KAMAILIO_RIGHTS: Readonly<
  Record<(typeof KAMAILIO_TABLES | typeof OPTIONAL_KAMAILIO_TABLES)[number], readonly Right[]>
> = {
  version: [],
  domain: [],
  location: ["DELETE"],
  grp: ["INSERT", "DELETE"],
  subscriber: ["INSERT", "UPDATE", "DELETE"],
  dbaliases: ["INSERT", "UPDATE", "DELETE"],
  usr_preferences: ["INSERT", "UPDATE", "DELETE"],
};

/** The provisioning tables that the newest migration leaves behind. */
export const PROVISIONING_TABLES = [
  "users",
  "phones",
  "phone_models",
  "numbers",
  "held_numbers",
  "servers",
  "locks",
  "operators",
  "api_keys",
  "sessions",
  "login_attempts",
  "managing_users",
  "extension_grants",
  "disabled_accounts",
  "last_seen",
  "records",
  "record_changes",
  "record_subjects",
] as const;

/** Columns that later migrations have added to the provisioning tables: table and column. */
export const ADDED_COLUMNS = [["sessions", "created"]] as const;
