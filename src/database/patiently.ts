import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseError } from "./error";

interface Patience {
  /** Seconds after which it is not tried again. */
  readonly seconds: number;
  /** The first pause at most, in milliseconds; each later one may be twice as long. */
  readonly first: number;
  /** The longest pause, in milliseconds. */
  readonly longest: number;
  /** What it is tried again after; left out, a loss against others alone. */
  readonly again?: (error: DatabaseError) => boolean;
}

const hasLost = ({ kind }: DatabaseError) => kind === "retry";

/** Tries a step again while that may help; random pauses keep two from meeting again. */
export async function patiently<T>(
  { seconds, first, longest, again = hasLost }: Patience,
  step: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (let pause = first; ; pause = Math.min(pause * 2, longest)) {
    try {
      return await step();
    } catch (error) {
      const promising = error instanceof DatabaseError && again(error);
      if (!promising || Date.now() > deadline) throw error;
      await sleep(Math.random() * pause);
    }
  }
}
