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

/** The provisioning tables that the newest migration leaves behind. */
export const PROVISIONING_TABLES = [
  "users",
  "phones",
  "numbers",
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
] as const;
