import type { Config } from "./config/config";
import { Databases } from "./database/databases";
import { closest } from "./model/closest";
import { answer, type Envelope, type Fields, refusalEnvelope } from "./model/envelope";
import { critical, invalid, Refusal } from "./model/refusal";
import { Rows } from "./model/rows";
import {
  type Access,
  accessOf,
  type Caller,
  type Context,
  type NodeDeclaration,
} from "./nodes/node";
import { findNode, nodes } from "./nodes/registry";
import type { Given } from "./params/param";
import { readParams } from "./params/read";
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
  async call(
    name: string,
    given: Given = {},
    caller: Caller = { name: "library" },
    options: CallOptions = {},
  ): Promise<Envelope> {
    try {
      const node = requireNode(name);
      const params = await readParams(node.params, given, node.refuse);
      node.check?.(params);
      await confirmed(node, params, options);
      return await this.perform(node, params, this.context(caller, options), options);
    } catch (error) {
      return this.refusal(error);
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
      now: Math.floor(Date.now() / 1000),
      progress: options.progress ?? (() => {}),
    };
  }

  private async perform(
    node: NodeDeclaration,
    params: Record<string, unknown>,
    context: Context,
    { receive }: CallOptions,
  ): Promise<Envelope> {
    const deliver = async (fields: Fields) => {
      const envelope = answer(fields);
      if (receive === undefined) return gather(envelope);
      await receive(envelope);
      return envelope;
    };
    if (node.offline) return deliver(await node.run({} as Stores, params, context));
    const databases = await this.open();
    if (!(node.writes ?? accessOf(node, params) === "read_write")) {
      return databases.transaction("read", async (unit) =>
        deliver(await node.run(openStores(unit), params, context)),
      );
    }
    // Nothing is said of a write before it is certain.
    const fields = await databases.transaction("write", (unit) =>
      node.run(openStores(unit), params, context),
    );
    return deliver(fields);
  }

  /** Work that is no node (an import, a report), in one transaction. Throws what a node would. */
  async work<T>(
    access: Access,
    caller: Caller,
    body: (stores: Stores, context: Context) => Promise<T>,
    options: Pick<CallOptions, "progress"> = {},
  ): Promise<T> {
    const databases = await this.open();
    const context = this.context(caller, options);
    return databases.transaction(access === "read_write" ? "write" : "read", (unit) =>
      body(openStores(unit), context),
    );
  }
}

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
  throw invalid("node", `There is no node ${JSON.stringify(name.slice(0, 60))}.${hint}`);
}

async function confirmed(
  node: NodeDeclaration,
  params: Record<string, unknown>,
  { confirm }: CallOptions,
): Promise<void> {
  const question = node.confirm?.(params);
  if (question === undefined || confirm === undefined || (await confirm(question))) return;
  throw invalid("confirmation", `${question} Nothing was done: say yes with --yes.`);
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

function isDatabaseError(error: unknown): boolean {
  const { code, errno } = error as { code?: unknown; errno?: unknown };
  return typeof code === "string" || typeof errno === "number" || isPoolTimeout(error);
}

const isPoolTimeout = (error: unknown) => (error as Error)?.name === "KnexTimeoutError";
