import type { CallOptions } from "./call-options";
import type { Databases, UnitOfWork } from "./database/databases";
import { DatabaseError } from "./database/error";
import { type Envelope, refusalEnvelope, succeeded } from "./model/envelope";
import type { LockName } from "./model/lock-name";
import { failed, invalid, Refusal } from "./model/refusal";
import { isRuled, type RuledNode } from "./nodes/node";
import { enveloped, gathered, type Prepared, performed } from "./prepared";
import { carryOut } from "./rules/carry-out";
import { openStores } from "./store/stores";

export interface BatchOptions extends Omit<CallOptions, "receive"> {
  /** Nothing is done where one is refused. */
  readonly atomic?: boolean;
  /** The first refusal is the last answer. */
  readonly stop?: boolean;
}

/** Requests of one node that are decided and written together. */
const TOGETHER = 500;

/** Requests that look, and share their way to the server. */
const LOOKS = 50;

/**
 * Carries out requests in one transaction and answers all of them, in order. An envelope among them
 * is the answer to what came to no request. Successive requests of one node go to its rule together;
 * each is still refused on its own. What ends the transaction ends the batch: nothing is done.
 */
export async function runBatch(
  databases: Databases,
  requests: readonly (Prepared | Envelope)[],
  options: BatchOptions,
  refusal: (error: unknown) => Envelope,
): Promise<Envelope[]> {
  const { atomic = false, dryRun: trial = false } = options;
  const batch = new Batch(databases, options, refusal);
  try {
    return await databases.write({
      locks: locksOf(requests),
      trial,
      body: (unit) => batch.answers(unit, requests),
    });
  } catch (error) {
    if (atomic && error instanceof BatchRefused) return error.answers;
    throw error;
  }
}

export const isRequest = (request: Prepared | Envelope): request is Prepared => "node" in request;

function locksOf(requests: readonly (Prepared | Envelope)[]): Set<LockName> {
  const locks = requests.flatMap((request) => {
    if (!isRequest(request) || !request.writes) return [];
    const { node } = request;
    return (isRuled(node) ? node.rule.locks : node.locks) ?? [];
  });
  return new Set(locks);
}

class Batch {
  private readonly atomic: boolean;
  private readonly stop: boolean;
  private readonly trial: boolean;

  constructor(
    private readonly databases: Databases,
    { atomic = false, stop = false, dryRun = false }: BatchOptions,
    private readonly refusal: (error: unknown) => Envelope,
  ) {
    this.atomic = atomic;
    this.stop = stop;
    this.trial = dryRun;
  }

  async answers(unit: UnitOfWork, requests: readonly (Prepared | Envelope)[]): Promise<Envelope[]> {
    const answers: Envelope[] = [];
    while (answers.length < requests.length) {
      const run = nextRun(requests, answers.length);
      answers.push(...(await this.answerRun(unit, run)));
      const refused = answers.findIndex((answer) => !succeeded(answer));
      if (refused === -1) continue;
      if (this.atomic) throw new BatchRefused(answers, refused, requests.length);
      if (this.stop) return answers.slice(0, refused + 1);
    }
    return answers;
  }

  /** The answers to a run; where the first refusal is the last answer, to its beginning. */
  private async answerRun(
    unit: UnitOfWork,
    run: readonly (Prepared | Envelope)[],
  ): Promise<Envelope[]> {
    const [first] = run;
    if (first === undefined || !isRequest(first)) return run as Envelope[];
    const requests = run as Prepared[];
    if (requests.length === 1) return [await this.answerOne(unit, first)];
    try {
      if (!first.writes) return await this.look(unit, requests);
      return await this.databases.savepoint(unit, () => this.together(unit, requests));
    } catch (error) {
      if (endsBatch(error)) throw error;
      // The database refused one of them: which one is found out one by one.
      const answers: Envelope[] = [];
      for (const request of requests) {
        const answer = await this.answerOne(unit, request);
        answers.push(answer);
        if (!succeeded(answer) && (this.atomic || this.stop)) break;
      }
      return answers;
    }
  }

  private async answerOne(unit: UnitOfWork, request: Prepared): Promise<Envelope> {
    const { node } = request;
    try {
      if (node.alone) throw invalid("node", `${node.name} can't be part of a batch.`);
      const perform = async () =>
        gathered(await enveloped(request, await performed(request, openStores(unit)), this.trial));
      // A look leaves nothing behind that would have to be undone.
      return request.writes ? await this.databases.savepoint(unit, perform) : await perform();
    } catch (error) {
      if (endsBatch(error)) throw error;
      return this.refusal(error);
    }
  }

  private look(unit: UnitOfWork, requests: readonly Prepared[]): Promise<Envelope[]> {
    return Promise.all(requests.map((request) => this.answerOne(unit, request)));
  }

  /** Successive requests of a node that a rule decides on. */
  private async together(unit: UnitOfWork, requests: readonly Prepared[]): Promise<Envelope[]> {
    const stores = openStores(unit);
    const node = requests[0]?.node as RuledNode;
    const outcomes = await carryOut(
      stores,
      node.rule,
      requests.map(({ wanted }) => wanted),
      { untilRefused: this.atomic || this.stop },
    );
    const answers: Envelope[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const request = requests[index] as Prepared;
      const { params, wanted, context } = request;
      if (outcome instanceof Refusal) {
        answers.push(this.refusal(outcome));
        continue;
      }
      await node.after?.(stores, outcome, params as never, context);
      const fields = node.answer(outcome, params as never, wanted);
      answers.push(await gathered(await enveloped(request, fields, this.trial)));
    }
    return answers;
  }
}

/** The requests from a place on that can be answered together. */
function nextRun(requests: readonly (Prepared | Envelope)[], from: number) {
  const first = requests[from];
  if (first === undefined || !isRequest(first)) return requests.slice(from, from + 1);
  const goesAlong = (request: Prepared | undefined) =>
    request !== undefined &&
    (first.writes
      ? request.node === first.node &&
        request.writes &&
        isRuled(first.node) &&
        !first.node.rule.alone
      : !request.writes && !request.node.alone);
  let to = from + 1;
  const most = first.writes ? TOGETHER : LOOKS;
  while (to < requests.length && to - from < most) {
    const next = requests[to];
    if (next === undefined || !isRequest(next) || !goesAlong(next)) break;
    to++;
  }
  return requests.slice(from, goesAlong(first) ? to : from + 1);
}

const endsBatch = (error: unknown) => error instanceof DatabaseError && error.endsTransaction;

/** Thrown out of an atomic batch's transaction: one was refused, so none is done. */
class BatchRefused extends Error {
  readonly answers: Envelope[];

  constructor(answered: readonly Envelope[], refused: number, total: number) {
    super("A request of the batch was refused.");
    const detail = `Nothing of the batch was done: request ${refused + 1} was refused.`;
    this.answers = Array.from({ length: total }, (_, index) =>
      index === refused
        ? (answered[refused] as Envelope)
        : refusalEnvelope(failed("rolledback", detail)),
    );
  }
}
