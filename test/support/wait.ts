import { setTimeout as sleep } from "node:timers/promises";

export interface WaitOptions {
  /** Milliseconds until it is given up. */
  timeout?: number;
  /** Milliseconds between two attempts. */
  interval?: number;
}

/**
 * Calls `probe` until it answers something other than undefined, null or false, and returns that.
 * A throwing probe counts as "not yet"; what it threw last is the cause of the final error.
 */
export async function waitFor<T>(
  what: string,
  probe: () => T | Promise<T>,
  { timeout = 10_000, interval = 25 }: WaitOptions = {},
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = Date.now() + timeout;
  for (;;) {
    let cause: unknown;
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== null && answer !== false) {
        return answer as Exclude<T, undefined | null | false>;
      }
    } catch (error) {
      if (error instanceof GiveUp) throw error;
      cause = error;
    }
    if (Date.now() >= deadline) {
      throw new Error(`Gave up waiting for ${what} after ${timeout} ms`, { cause });
    }
    await sleep(interval);
  }
}

/** Thrown by a probe when waiting longer is pointless. */
export class GiveUp extends Error {
  override name = "GiveUp";
}
