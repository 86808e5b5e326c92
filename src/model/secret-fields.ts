/** Fields of answers that hold a secret, wherever they stand. */
export const SECRET_FIELDS: ReadonlySet<string> = new Set([
  "password",
  "ha1",
  "ha1b",
  "key",
  "api_key",
  "auth_key",
  "session",
]);
