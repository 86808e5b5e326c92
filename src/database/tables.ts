/** Kamailio's tables that Hermes reads or writes. */
export const KAMAILIO_TABLES = [
  "version",
  "subscriber",
  "location",
  "dbaliases",
  "domain",
  "usr_preferences",
] as const;

/** The provisioning tables that the newest migration leaves behind. */
export const PROVISIONING_TABLES = [
  "users",
  "phones",
  "phone_models",
  "numbers",
  "servers",
  "locks",
  "operators",
  "api_keys",
  "sessions",
  "login_attempts",
  "managing_users",
  "extension_grants",
] as const;
