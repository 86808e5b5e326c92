/**
 * Locks of writers over both databases: on who has which address, on the pool of numbers, on who
 * may do what. Whoever makes a number somebody's takes that on numbers too: so a long range, which
 * keeps out what is in use, holds up nobody else.
 */
export const LOCK_NAMES = ["addresses", "numbers", "operators"] as const;

export type LockName = (typeof LOCK_NAMES)[number];
