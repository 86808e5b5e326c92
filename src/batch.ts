import type { Databases, UnitOfWork } from "./database/databases";
import { type Envelope, refusalEnvelope, succeeded } from "./model/envelope";
import { failed, Refusal } from "./model/refusal";

/** A request of a batch that has passed every check outside the transaction. */
export interface Step {
  readonly writes: boolean;
  run(unit: UnitOfWork): Promise<Envelope>;
}

export interface StepOptions {
  /** Nothing is done where one is refused. */
  readonly atomic?: boolean;
  /** The first refusal is the last answer. */
  readonly stop?: boolean;
  /** Everything is done, answered, and rolled back. */
  readonly dryRun?: boolean;
}

/**
 * Runs steps in one transaction and answers all of them. An envelope among them is the answer to a
 * request that came to no step. A step that is refused costs only itself, unless `atomic`.
 */
export async function runSteps(
  databases: Databases,
  steps: readonly (Step | Envelope)[],
  { atomic = false, stop = false, dryRun = false }: StepOptions,
  refusal: (error: unknown) => Envelope,
): Promise<Envelope[]> {
  const runAll = async (unit: UnitOfWork): Promise<Envelope[]> => {
    const answers: Envelope[] = [];
    for (const step of steps) {
      const answer = isStep(step) ? await runStep(databases, unit, step, refusal) : step;
      answers.push(answer);
      if (succeeded(answer)) continue;
      if (atomic) throw new BatchRefused(answers, steps.length);
      if (stop) break;
    }
    return answers;
  };
  try {
    return await databases.write(runAll, dryRun);
  } catch (error) {
    if (error instanceof BatchRefused) return error.answers;
    throw error;
  }
}

const isStep = (step: Step | Envelope): step is Step => typeof step.run === "function";

async function runStep(
  databases: Databases,
  unit: UnitOfWork,
  step: Step,
  refusal: (error: unknown) => Envelope,
): Promise<Envelope> {
  try {
    // A read leaves nothing behind that would have to be undone.
    return step.writes
      ? await databases.savepoint(unit, (within) => step.run(within))
      : await step.run(unit);
  } catch (error) {
    // The whole transaction is lost, and is run again from its start.
    if (!(error instanceof Refusal) && databases.mayRetry(error)) throw error;
    return refusal(error);
  }
}

/** Thrown out of an atomic batch's transaction: one was refused, so none is done. */
class BatchRefused extends Error {
  readonly answers: Envelope[];

  constructor(answered: readonly Envelope[], total: number) {
    super("A request of the batch was refused.");
    const refused = answered.length - 1;
    const detail = `Nothing of the batch was done: request ${refused + 1} was refused.`;
    this.answers = Array.from({ length: total }, () =>
      refusalEnvelope(failed("rolledback", detail)),
    );
    this.answers.splice(refused, 1, ...answered.slice(refused));
  }
}
