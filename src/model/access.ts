/** What an operator or an API key may do, from the least to the most. */
export const ACCESS_LEVELS = ["limited_read", "full_read", "read_write"] as const;

export type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** What must be held for a call; `none` is open to everybody, `session` to every operator. */
export type Access = "none" | "session" | AccessLevel;

/** The number by which the API also knows a level: 1 to 3. */
export const accessId = (level: AccessLevel) => ACCESS_LEVELS.indexOf(level) + 1;

/** Whether who holds `held` may do what takes `needed`. */
export const covers = (held: AccessLevel, needed: AccessLevel) =>
  accessId(held) >= accessId(needed);

/** The least of several levels. */
export const leastAccess = (...levels: AccessLevel[]) =>
  levels.reduce((least, level) => (covers(least, level) ? level : least), "read_write");
