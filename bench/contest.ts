import { type DistantRun, distantRun } from "./distant";
import { type Program, type Run, run } from "./process";

/** One of those that do the same work. */
export interface Entrant {
  /** Brings everything into the state that the work starts from; not measured. */
  readonly before?: (round: number) => Promise<void>;
  readonly program: (round: number) => Program;
}

/** Medians over the rounds, and the round trips of one. */
export type Outcome = DistantRun;

type Outcomes<E> = { [Name in keyof E]: undefined extends E[Name] ? Outcome | undefined : Outcome };

/**
 * Runs all entrants in turn, round after round, so that whatever else the machine does befalls all
 * of them alike. A first round, which is not measured, warms caches and counts the round trips. An
 * entrant that is missing (a peer that the host has not) is undefined, and so is its outcome.
 */
export async function contest<E extends Readonly<Record<string, Entrant | undefined>>>(
  rounds: number,
  entrants: E,
): Promise<Outcomes<E>> {
  const runs = new Map<string, Run[]>();
  const trips = new Map<string, number | undefined>();
  for (let round = 0; round <= rounds; round++) {
    for (const [name, entrant] of Object.entries(entrants)) {
      if (entrant === undefined) continue;
      await entrant.before?.(round);
      const program = entrant.program(round);
      if (round > 0) runs.set(name, [...(runs.get(name) ?? []), await run(program)]);
      else trips.set(name, (await distantRun(program)).trips);
    }
  }
  const outcomes = [...runs].map(([name, all]): [string, Outcome] => [
    name,
    {
      ms: median(all.map(({ ms }) => ms)),
      peak: median(all.map(({ peak }) => peak)),
      trips: trips.get(name),
    },
  ]);
  return Object.fromEntries(outcomes) as Outcomes<E>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
