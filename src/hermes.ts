import { Admission } from "./access/admission";
import { type Authority, trusted } from "./access/authority";
import { shown, withoutSecrets } from "./access/shown";
import type { Answers } from "./answers/answer";
import { runSteps, type Step, type StepOptions } from "./batch";
import type { Config } from "./config/config";
import { Databases, type UnitOfWork, type WritePhase } from "./database/databases";
import { openRpc } from "./kamailio-rpc/rpc";
import { closest } from "./model/closest";
import type { Credentials } from "./model/credentials";
import { answer, type Envelope, type Fields, refusalEnvelope } from "./model/envelope";
import { quoted } from "./model/quoted";
import { critical, invalid, Refusal } from "./model/refusal";
import { Rows } from "./model/rows";
import {
  type Access,
  accessOf,
  type Caller,
  type Context,
  type NodeDeclaration,
} from "./nodes/node";
import { type Answered, findNode, type NodeName, nodes } from "./nodes/registry";
import { readRequest } from "./nodes/request";
import type { Given } from "./params/param";
import { readProof } from "./params/proof";
import { openStores, type Stores } from "./store/stores";

export interface HermesOptions {
  /** What a person should be told that is no part of an answer. */
  readonly notice?: (text: string) => void;
}

export interface CallOptions {
  readonly progress?: Context["progress"];
  /**
   * Takes a successful answer while its transaction is open, so that lists ({@link Rows}) can be
   * read as they come. Without it they are gathered into arrays.
   */
  readonly receive?: (envelope: Envelope) => Promise<void>;
  /** Asked where the node wants a yes first; left out, it is taken for given. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Does everything and rolls it back; the answer says so by `dry_run`. */
  readonly dryRun?: boolean;
}

/** A node's name and what it is called with. */
export interface Request {
  readonly node: string;
  readonly params: Given;
}

export type BatchOptions = Omit<CallOptions, "receive"> & StepOptions;

export interface WorkOptions extends Pick<CallOptions, "progress" | "dryRun"> {
  /** What is declared of the fields that it answers; without it none may hold a secret. */
  readonly answers?: Answers;
}

/** A request that is well formed and allowed. */
interface Prepared {
  readonly node: NodeDeclaration;
  readonly params: Record<string, unknown>;
  readonly context: Context;
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
      return await this.perform(prepared, options);
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
    const steps: (Step | Envelope)[] = [];
    for (const request of requests) {
      try {
        if (request instanceof Refusal) throw request;
        const prepared = await this.prepare(request, context, options, admission);
        steps.push(this.step(prepared, options.dryRun));
      } catch (error) {
        steps.push(this.refusal(error));
      }
    }
    try {
      return await runSteps(await this.open(), steps, options, (error) => this.refusal(error));
    } catch (error) {
      return requests.map(() => this.refusal(error));
    }
  }

  /** Both databases, opened on first use. */
  open(): Promise<Databases> {
    this.opening ??= Databases.open(this.config, this.options.notice ?? (() => {})).then(
      (databases) => {
        this.databases = databases;
        return databases;
      },
    );
    return this.opening;
  }

  /** How far a write under way has come. */
  get phase(): WritePhase {
    return this.databases?.phase ?? "none";
  }

  /** The envelope for anything thrown. */
  refusal(error: unknown): Envelope {
    if (error instanceof Refusal) return refusalEnvelope(error);
    const fields = (error as { answerFields?: Fields }).answerFields ?? {};
    if (isDatabaseError(error)) {
      const refusal =
        this.databases?.refusal(error) ?? critical("dbfail", (error as Error).message);
      return { ...refusalEnvelope(refusal), ...fields };
    }
    const bug = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return refusalEnvelope(critical("bug", `This is a bug in Hermes: ${bug}`));
  }

  async close(): Promise<void> {
    const databases = await this.opening?.catch(() => undefined);
    this.opening = undefined;
    this.databases = undefined;
    await databases?.close();
  }

  private context(caller: Caller, options: CallOptions): Context {
    return {
      config: this.config,
      caller,
      authority: trusted(caller.name),
      now: Math.floor(Date.now() / 1000),
      progress: options.progress ?? (() => {}),
      rpc: openRpc(this.config.rpc, options.dryRun),
    };
  }

  /** Everything that can be said of a request before its transaction: whether it is one, and allowed. */
  private async prepare(
    { node: name, params: given }: Request,
    context: Context,
    { confirm, dryRun }: CallOptions,
    admission = this.admission(context),
  ): Promise<Prepared> {
    const node = requireNode(name);
    let proof: Credentials | undefined;
    let params: Record<string, unknown>;
    try {
      const proven = await readProof(node.params, given);
      proof = proven.proof;
      params = await readRequest(node, proven.rest);
      if (node.alone && dryRun) throw invalid("parameters", `${name} can't be tried out.`);
    } catch (error) {
      await admission.toBeRefused(node, proof);
      throw error;
    }
    const authority = await admission.toCall(node, params, proof);
    const question = node.confirm?.(params);
    if (question !== undefined && confirm !== undefined && !(await confirm(question))) {
      throw invalid("confirmation", `${question} Nothing was done: say yes with --yes.`);
    }
    return { node, params, context: as(authority, context) };
  }

  private admission({ caller, now }: Context): Admission {
    return new Admission(this.config, () => this.open(), caller, now);
  }

  private async perform(
    { node, params, context }: Prepared,
    { receive, dryRun = false }: CallOptions,
  ): Promise<Envelope> {
    const deliver = async (result: Fields | Refusal) => {
      if (result instanceof Refusal) throw result;
      const fields = await shown(context.authority, node, result, params);
      const envelope = answer(dryRun ? { ...fields, dry_run: true } : fields);
      if (receive === undefined) return gather(envelope);
      await receive(envelope);
      return envelope;
    };
    if (node.offline) return deliver(await node.run({} as Stores, params, context));
    const databases = await this.open();
    const run = (unit: UnitOfWork) => node.run(openStores(unit), params, context);
    if (!writes(node, params)) {
      return databases.read(async (unit) => deliver(await run(unit)));
    }
    // Nothing is said of a write before it is certain.
    return deliver(await databases.write(run, dryRun));
  }

  private step({ node, params, context }: Prepared, dryRun = false): Step {
    if (node.alone) throw invalid("node", `${node.name} can't be part of a batch.`);
    return {
      writes: writes(node, params),
      run: async (unit) => {
        const result = await node.run(openStores(unit), params, context);
        if (result instanceof Refusal) throw result;
        const fields = await shown(context.authority, node, result, params);
        return gather(answer(dryRun ? { ...fields, dry_run: true } : fields));
      },
    };
  }

  /** Work that is no node (an import, a report), in one transaction. Throws what a node would. */
  async work<T>(
    access: Access,
    caller: Caller,
    body: (stores: Stores, context: Context) => Promise<T>,
    { answers, ...options }: WorkOptions = {},
  ): Promise<T> {
    const unchecked = this.context(caller, options);
    const authority = await this.admission(unchecked).toWork(access);
    const context = as(authority, unchecked);
    const databases = await this.open();
    const run = async (unit: UnitOfWork) => {
      const result = await body(openStores(unit), context);
      if (answers === undefined) return result;
      return withoutSecrets(authority, answers, result as Fields) as T;
    };
    return access === "read_write" ? databases.write(run, options.dryRun) : databases.read(run);
  }
}

const writes = (node: NodeDeclaration, params: Record<string, unknown>) =>
  node.writes ?? accessOf(node, params) === "read_write";

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

function requireNode(name: string): NodeDeclaration {
  const node = findNode(name);
  if (node !== undefined) return node;
  const guess = closest(
    name,
    nodes.map((known) => known.name),
  );
  const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
  throw invalid("node", `There is no node ${quoted(name)}.${hint}`);
}

/** Lists that were not read as they came, as arrays. */
async function gather(envelope: Envelope): Promise<Envelope> {
  const entries = await Promise.all(
    Object.entries(envelope).map(async ([name, value]) => [
      name,
      value instanceof Rows ? await value.toArray() : value,
    ]),
  );
  return Object.fromEntries(entries);
}

/** The drivers mark theirs by `code` or `errno`; so does Node, but with codes of its own. */
function isDatabaseError(error: unknown): boolean {
  const { code, errno } = error as { code?: unknown; errno?: unknown };
  const marked = typeof code === "string" && !code.startsWith("ERR_");
  return marked || typeof errno === "number" || isPoolTimeout(error);
}

const isPoolTimeout = (error: unknown) => (error as Error)?.name === "KnexTimeoutError";
