import { Admission } from "./access/admission";
import { type Authority, trusted } from "./access/authority";
import { withoutSecrets } from "./access/shown";
import type { Answers } from "./answers/answer";
import { type BatchOptions, isRequest, runBatch } from "./batch";
import type { CallOptions } from "./call-options";
import { type Deed, type Recorded, recorded } from "./changes/recording";
import type { Config } from "./config/config";
import { Databases, type WritePhase } from "./database/databases";
import { DatabaseError } from "./database/error";
import { explain } from "./database/explain";
import { Leaving } from "./kamailio-rpc/leaving";
import { openRpc } from "./kamailio-rpc/rpc";
import { closest } from "./model/closest";
import type { Credentials } from "./model/credentials";
import { type Envelope, type Fields, refusalEnvelope, succeeded } from "./model/envelope";
import type { LockName } from "./model/lock-name";
import { quoted } from "./model/quoted";
import { critical, declined, invalid, Refusal } from "./model/refusal";
import { deedOf } from "./nodes/deed";
import {
  type Access,
  type AnyNode,
  accessOf,
  type Caller,
  type Context,
  isRuled,
  type Reading,
} from "./nodes/node";
import { type Answered, findNode, type NodeName, nodes } from "./nodes/registry";
import { readRequest } from "./nodes/request";
import { Owner } from "./owner";
import { requireNoPaths } from "./params/file";
import type { Given } from "./params/param";
import { readProof } from "./params/proof";
import { vendorsOf } from "./phones/load";
import {
  enveloped,
  gathered,
  locksOf,
  type Performed,
  type Prepared,
  parted,
  performed,
  requireAsTold,
} from "./prepared";
import { proposing } from "./rules/did-you-mean";
import { openStores } from "./store/stores";
import { writeRecorded } from "./write-recorded";

export interface HermesOptions {
  /** What a person should be told that is no part of an answer. */
  readonly notice?: (text: string) => void;
  /** False where callers' files are not this process's: parameters that name one are refused. */
  readonly opensFiles?: boolean;
  /** Told every statement before it goes to the database, without its values. */
  readonly statement?: (text: string) => void;
}

/** A node's name and what it is called with. */
export interface Request {
  readonly node: string;
  readonly params: Given;
}

/** Work that is no node: an import, a report, a mend. */
export type Work<T> = Looking<T> | Writing<T>;

interface AnyWork<T> {
  readonly access: Access;
  /** What is declared of the fields that it answers; without it none may hold a secret. */
  readonly answers?: Answers;
  readonly progress?: Context["progress"];
  body(stores: Recorded, context: Context): Promise<T>;
}

interface Looking<T> extends AnyWork<T> {
  readonly audit?: undefined;
}

interface Writing<T> extends AnyWork<T> {
  /** Taken before anything is read. */
  readonly locks: readonly LockName[];
  /** Does everything and is rolled back. */
  readonly trial?: boolean;
  /** Known to take a second or more: who has to wait for it is told before. */
  readonly long?: boolean;
  /** What its record says of it: every write has one. */
  readonly audit: Omit<Deed, "caller" | "operatorId">;
}

/** The core: every node of the API, on the databases of one configuration. */
export class Hermes {
  private opening: Promise<Databases> | undefined;
  private databases: Databases | undefined;

  constructor(
    readonly config: Config,
    private readonly options: HermesOptions = {},
  ) {}

  /** Calls a node by its API name. Never throws: whatever goes wrong is in the envelope. */
  call<N extends NodeName>(
    name: N,
    given?: Given,
    caller?: Caller,
    options?: CallOptions,
  ): Promise<Answered<N>>;
  call(name: string, given?: Given, caller?: Caller, options?: CallOptions): Promise<Envelope>;
  async call(
    name: string,
    given: Given = {},
    caller: Caller = { name: "library" },
    options: CallOptions = {},
  ): Promise<Envelope> {
    try {
      const request = { node: name, params: given };
      const prepared = await this.prepare(request, this.context(caller, options), options);
      const done = this.agreedTo(prepared, options).then((told) =>
        this.perform({ ...prepared, told }, options),
      );
      return await done.catch(async (error) => {
        throw await this.proposing(prepared, error);
      });
    } catch (error) {
      return this.refusal(error);
    }
  }

  /**
   * Calls several nodes in one transaction and answers all of them; a request that was no request
   * to begin with is given as its Refusal. One that is refused costs only
   * itself, unless `atomic`: then nothing is done where one is refused. With `stop` the first
   * refusal is the last answer.
   */
  async batch(
    requests: readonly (Request | Refusal)[],
    caller: Caller,
    options: BatchOptions = {},
  ): Promise<Envelope[]> {
    const context = this.context(caller, options);
    const admission = this.admission(context);
    const prepared: (Prepared | Envelope)[] = [];
    for (const request of requests) {
      try {
        if (request instanceof Refusal) throw request;
        prepared.push(await this.prepare(request, context, options, admission));
      } catch (error) {
        prepared.push(this.refusal(error));
      }
    }
    let answers: Envelope[];
    try {
      const databases = await this.open();
      if (!prepared.some((each) => isRequest(each) && each.writes)) databases.requireMade();
      answers = await runBatch(databases, prepared, options, (error) => this.refusal(error));
    } catch (error) {
      return requests.map(() => this.refusal(error));
    }
    for (const [index, answer] of answers.entries()) {
      const request = prepared[index];
      if (request === undefined || !isRequest(request) || !succeeded(answer)) continue;
      answers[index] = await this.settled(request, answer);
    }
    return answers;
  }

  /** Work that is no node, in one transaction. Throws what a node would refuse with. */
  async run<T>(caller: Caller, work: Work<T>): Promise<T> {
    const { access, answers, progress, body } = work;
    const trial = work.audit !== undefined && work.trial === true;
    const unchecked = this.context(caller, {
      ...(progress === undefined ? {} : { progress }),
      dryRun: trial,
    });
    const databases = await this.open();
    if (access === "read_write") await databases.make();
    const authority = await this.admission(unchecked).toWork(access);
    const context = as(authority, unchecked);
    const within = async (stores: Recorded) => {
      const result = await body(stores, context);
      if (answers === undefined) return result;
      return withoutSecrets(authority, answers, result as Fields) as T;
    };
    if (work.audit === undefined) {
      return databases.read((unit) => within(recorded(openStores(unit), NOTHING_DONE)));
    }
    const { name, operatorId } = authority;
    let ended = 0;
    const result = await writeRecorded(databases, {
      locks: work.locks,
      long: work.long ?? false,
      deed: { ...work.audit, caller: name, operatorId },
      trial,
      async body(stores) {
        const done = await within(stores);
        ended = stores.registrations.ended;
        return done;
      },
    });
    if (ended > 0 && !trial) {
      this.options.notice?.(
        `${ended} ${ended === 1 ? "account has another password" : "accounts have other passwords"} now. A running Kamailio may still hold registrations made before, until they expire; user kick ends them.`,
      );
    }
    return result;
  }

  /** What the owner of the configuration does, before there can be operators and beside them. */
  get owner(): Owner {
    return new Owner(() => this.open());
  }

  /** What was thrown, with the name that was likely meant where one is not there. */
  private async proposing({ context: { authority } }: Prepared, error: unknown): Promise<unknown> {
    if (!(error instanceof Refusal) || error.missed === undefined || authority.lite) return error;
    return this.look((stores) => proposing(stores, error)).catch(() => error);
  }

  /** How far a write under way has come. */
  get phase(): WritePhase {
    return this.databases?.phase ?? "none";
  }

  /** The envelope for anything thrown. */
  refusal(error: unknown): Envelope {
    if (error instanceof Refusal) return refusalEnvelope(error);
    if (error instanceof DatabaseError) return refusalEnvelope(explain(error, this.config));
    const bug = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return refusalEnvelope(critical("bug", `This is a bug in Hermes: ${bug}`));
  }

  async close(): Promise<void> {
    const databases = await this.opening?.catch(() => undefined);
    this.opening = undefined;
    this.databases = undefined;
    await databases?.close();
  }

  /** Both databases, opened on first use. */
  private open(): Promise<Databases> {
    this.opening ??= Databases.open(
      this.config,
      this.options.notice ?? (() => {}),
      this.options.statement,
    ).then((databases) => {
      this.databases = databases;
      return databases;
    });
    return this.opening;
  }

  private context(caller: Caller, options: CallOptions): Context {
    return {
      config: this.config,
      caller,
      authority: trusted(caller.name),
      now: Math.floor(Date.now() / 1000),
      progress: options.progress ?? (() => {}),
      rpc: openRpc(this.config.rpc, options.dryRun),
      trial: options.dryRun ?? false,
      phoneVendors: vendorsOf(this.config.phones.templates),
    };
  }

  /** Everything that can be said of a request before its transaction: whether it is one, and allowed. */
  private async prepare(
    { node: name, params: given }: Request,
    unchecked: Context,
    { confirm, dryRun }: CallOptions,
    admission = this.admission(unchecked),
  ): Promise<Prepared> {
    const node = requireNode(name);
    let proof: Credentials | undefined;
    let params: Record<string, unknown>;
    let plain: Given;
    try {
      const proven = await readProof(node.params, given);
      proof = proven.proof;
      plain = proven.rest;
      if (this.options.opensFiles === false) requireNoPaths(node.params, plain);
      params = await readRequest(node, plain, this.config.defaults);
      if (node.alone && dryRun) throw invalid("parameters", `${name} can't be tried out.`);
    } catch (error) {
      await admission.toBeRefused(node, proof);
      throw error;
    }
    const writes = node.writes ?? accessOf(node, params) === "read_write";
    // Who asks is looked up: the database that is to be written to must be there by then.
    if (writes && this.config.embedded) await (await this.open()).make();
    const authority = await admission.toCall(node, params, proof);
    const question = node.confirm?.(params);
    if (question !== undefined && confirm !== undefined && !(await confirm(question))) {
      throw invalid("confirmation", `${question} Nothing was done: say yes with --yes.`);
    }
    const context = as(authority, unchecked);
    const wanted = isRuled(node) ? await node.wanted(params, context) : undefined;
    const settle = isRuled(node) ? await node.settling?.(params, context) : undefined;
    const deed = deedOf(node, params, plain, context);
    return { node, params, context, wanted, settle, writes, deed };
  }

  /** What would go, found by doing it and taking it back: the person must say yes to it. */
  private async agreedTo(
    { node, params, ...request }: Prepared,
    { agree, dryRun }: CallOptions,
  ): Promise<Envelope | undefined> {
    const asked = node.confirm?.(params) !== undefined;
    if (agree === undefined || dryRun || asked || !node.tells?.destroys) return undefined;
    const context = { ...request.context, trial: true, rpc: openRpc(this.config.rpc, true) };
    const wouldBe = await this.perform({ ...request, node, params, context }, { dryRun: true });
    if (!(await agree(wouldBe))) throw declined();
    return wouldBe;
  }

  private admission({ caller }: Context): Admission {
    return new Admission(this.config, this.look, caller);
  }

  private async perform(prepared: Prepared, options: CallOptions): Promise<Envelope> {
    const { node, params, context, writes } = prepared;
    const { receive, dryRun: trial = false } = options;
    const deliver = async ({ result, leaving }: Performed) => {
      const answer = await enveloped(prepared, result, trial);
      const kamailio = new Leaving(context.rpc, context.now);
      const envelope = trial ? answer : await parted(answer, leaving, kamailio);
      if (receive === undefined) return gathered(envelope);
      await receive(envelope);
      return envelope;
    };
    if (!isRuled(node) && node.offline) {
      return deliver(await performed(prepared, {} as Recorded));
    }
    const databases = await this.open();
    const { deed } = prepared;
    if (!writes) {
      return databases.read(async (unit) =>
        deliver(await performed(prepared, recorded(openStores(unit), deed))),
      );
    }
    const before =
      isRuled(node) || node.before === undefined
        ? undefined
        : await node.before(this.look, params, context);
    const result = await writeRecorded(databases, {
      ...{ locks: locksOf(prepared), deed, trial },
      async body(stores) {
        const done = await performed(prepared, stores, before);
        await requireAsTold(prepared, done);
        return done;
      },
    });
    // Nothing is said of a write before it is certain.
    if (result.result instanceof Refusal) return deliver(result);
    return deliver({ ...result, result: await this.settled(prepared, result.result) });
  }

  /** The answer to a write that is certain, with what else came of it. */
  private async settled<F extends Fields>({ settle, context }: Prepared, fields: F): Promise<F> {
    if (settle === undefined || context.trial) return fields;
    return { ...fields, ...(await settle(this.look)) };
  }

  private readonly look: Reading = async (body) =>
    (await this.open()).read((unit) => body(openStores(unit)));
}

/** A transaction that only looks has nothing to be recorded. */
const NOTHING_DONE: Deed = { caller: "", node: "", subject: "" };

/** The context of a call whose caller is known by now. */
const as = (authority: Authority, context: Context): Context => ({
  ...context,
  authority,
  caller: { ...context.caller, name: authority.name },
});

/** Opens the core on a configuration. Databases are connected to when the first node needs them. */
export function openHermes(config: Config, options?: HermesOptions): Hermes {
  return new Hermes(config, options);
}

function requireNode(name: string): AnyNode {
  const node = findNode(name);
  if (node !== undefined) return node;
  const guess = closest(
    name,
    nodes.map((known) => known.name),
  );
  const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
  throw invalid("node", `There is no node ${quoted(name)}.${hint}`);
}
