/**
 * Locks of writers over both databases: on who has which address, on the pool of numbers, on who
 * may do what.
 */
export type LockName = "addresses" | "numbers" | "operators";
