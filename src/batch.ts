import type { CallOptions } from "./call-options";
import { OpenRecord, recorded } from "./changes/recording";
import type { Databases, UnitOfWork } from "./database/databases";
import { DatabaseError } from "./database/error";
import { Leaving } from "./kamailio-rpc/leaving";
import { type Envelope, refusalEnvelope, succeeded } from "./model/envelope";
import { failed, invalid, Refusal } from "./model/refusal";
import type { SipAddress } from "./model/sip-address";
import { type Context, isRuled, type RuledNode } from "./nodes/node";
import {
  concluded,
  enveloped,
  gathered,
  locksOf,
  type Performed,
  type Prepared,
  parted,
  performed,
} from "./prepared";
import { carryOutAll } from "./rules/carry-out";
import { openStores } from "./store/stores";

export interface BatchOptions extends Omit<CallOptions, "receive"> {
  /** Nothing is done where one is refused. */
  readonly atomic?: boolean;
  /** The first refusal is the last answer. */
  readonly stop?: boolean;
}

/** Requests that are decided and written together. */
const TOGETHER = 500;

/** Requests that look, and share their way to the server. */
const LOOKS = 50;

/**
 * Carries out requests in one transaction and answers all of them, in order. An envelope among them
 * is the answer to what came to no request. Successive requests that rules decide on are looked up
 * and written together, however many; each is still refused on its own. What ends the transaction ends the batch: nothing is done.
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
    const answers = await databases.write({
      locks: requests.flatMap((request) => (isRequest(request) ? locksOf(request) : [])),
      trial,
      body: (unit) => batch.answers(unit, requests),
      record: () => batch.record,
      wasDone: (unit, record) => openStores(unit).records.has(record),
    });
    return trial ? answers : await batch.parted(answers);
  } catch (error) {
    if (atomic && error instanceof BatchRefused) return error.answers;
    throw error;
  }
}

export const isRequest = (request: Prepared | Envelope): request is Prepared => "node" in request;

class Batch {
  private readonly atomic: boolean;
  private readonly stop: boolean;
  private readonly trial: boolean;
  /** The record of one of them: where it is, they are done. */
  private written: string | undefined;

  /** Whose registrations are over, by the answer that says so. */
  private readonly leaving = new Map<Envelope, { context: Context; address: SipAddress }>();

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
    this.leaving.clear();
    this.written = undefined;
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

  /** The answers once they are certain. */
  async parted(answers: readonly Envelope[]): Promise<Envelope[]> {
    const [first] = this.leaving.values();
    if (first === undefined) return [...answers];
    const kamailio = new Leaving(first.context.rpc, first.context.now);
    const told: Envelope[] = [];
    for (const answer of answers) {
      told.push(await parted(answer, this.leaving.get(answer)?.address, kamailio));
    }
    return told;
  }

  /** The record of one of them. */
  get record(): string | undefined {
    return this.written;
  }

  private async answered(request: Prepared, { result, leaving: address }: Performed) {
    const answer = await gathered(await enveloped(request, result, this.trial));
    if (address !== undefined) this.leaving.set(answer, { context: request.context, address });
    return answer;
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
      if (!isRuled(first.node)) return await this.look(unit, requests);
      return await this.apart(unit, () => this.together(unit, requests));
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
      const perform = async () => {
        const stores = recorded(openStores(unit), request.deed);
        const result = await performed(request, stores);
        await stores.record.finish(stores);
        this.note(stores.record);
        return this.answered(request, result);
      };
      // A look leaves nothing behind that would have to be undone.
      return request.writes ? await this.apart(unit, perform) : await perform();
    } catch (error) {
      if (endsBatch(error)) throw error;
      return this.refusal(error);
    }
  }

  /** What fails leaves no trace, and no record. */
  private async apart<T>(unit: UnitOfWork, body: () => Promise<T>): Promise<T> {
    const { written } = this;
    try {
      return await this.databases.savepoint(unit, body);
    } catch (error) {
      this.written = written;
      throw error;
    }
  }

  private note(record: OpenRecord): void {
    if (record.begun) this.written = record.id;
  }

  private look(unit: UnitOfWork, requests: readonly Prepared[]): Promise<Envelope[]> {
    return Promise.all(requests.map((request) => this.answerOne(unit, request)));
  }

  /** Requests that rules decide on. */
  private async together(unit: UnitOfWork, requests: readonly Prepared[]): Promise<Envelope[]> {
    const first = requests[0] as Prepared;
    const stores = recorded(openStores(unit), first.deed);
    const records = requests.map(({ deed }) => new OpenRecord(deed));
    const ruled = requests.map((request) => ({ ...request, node: request.node as RuledNode }));
    const outcomes = await carryOutAll(
      stores,
      ruled.map(({ node, wanted }) => ({ rule: node.rule, wanted })),
      { untilRefused: this.atomic || this.stop, records },
    );
    for (const record of records) this.note(record);
    const answers: Envelope[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const request = ruled[index] as (typeof ruled)[number];
      answers.push(
        outcome instanceof Refusal
          ? this.refusal(outcome)
          : await this.answered(request, await concluded(request, stores, outcome)),
      );
    }
    return answers;
  }
}

/** The requests from a place on that can be answered together: what rules decide on, or looks. */
function nextRun(requests: readonly (Prepared | Envelope)[], from: number) {
  const first = requests[from];
  if (first === undefined || !isRequest(first)) return requests.slice(from, from + 1);
  const isSame = goesTogether(first) ? goesTogether : isLook;
  const most = goesTogether(first) ? TOGETHER : LOOKS;
  let to = from + 1;
  while (to < requests.length && to - from < most) {
    const next = requests[to];
    if (next === undefined || !isRequest(next) || !isSame(first) || !isSame(next)) break;
    to++;
  }
  return requests.slice(from, to);
}

const goesTogether = ({ node }: Prepared) => isRuled(node) && node.rule.alone !== true;

const isLook = ({ node, writes }: Prepared) => !isRuled(node) && !writes && node.alone !== true;

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
