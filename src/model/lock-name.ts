/**
 * Locks of writers over both databases: on who has which address, on the pool of numbers, on who
 * may do what.
 */
export const LOCK_NAMES = ["addresses", "numbers", "operators"] as const;

export type LockName = (typeof LOCK_NAMES)[number];
