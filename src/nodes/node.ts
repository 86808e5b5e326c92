import type { Authority } from "../access/authority";
import type { Caller } from "../access/caller";
import type { Guarded } from "../access/guarded";
import type { Answers, Produced } from "../answers/answer";
import type { Recorded } from "../changes/recording";
import type { Config } from "../config/config";
import type { Rpc } from "../kamailio-rpc/rpc";
import type { Fields } from "../model/envelope";
import type { LockName } from "../model/lock-name";
import type { Refusal } from "../model/refusal";
import type { SipAddress } from "../model/sip-address";
import type { Params, Values } from "../params/param";
import type { Relation } from "../params/relations";
import type { PhoneVendors } from "../phones/vendors";
import type { Rule } from "../rules/rule";
import type { Stores } from "../store/stores";
import type { Telling } from "./telling";

/** What a node does to a session, so that whoever keeps one knows what to do with its answer. */
export type SessionEffect = "opens" | "renews" | "closes";

/** What a node may know beside its parameters and the stores. */
export interface Context {
  readonly config: Config;
  readonly caller: Caller;
  /** What the caller may do, which has been checked already. */
  readonly authority: Authority;
  /** The time of the call in unix seconds. */
  readonly now: number;
  readonly progress: (done: number, total: number) => void;
  /** The running Kamailio; a site need not have configured a way to it. */
  readonly rpc: Rpc;
  /** Everything is rolled back: what no transaction covers is left undone too. */
  readonly trial: boolean;
  /** The makes of phones that the site can configure, read when they are first asked for. */
  readonly phoneVendors: () => Promise<PhoneVendors>;
}

/** Has a look at the tables, in a transaction of its own. */
export type Reading = <T>(body: (stores: Stores) => Promise<T>) => Promise<T>;

/**
 * Does it, and answers the fields that stand in the answer too. Whatever it meets, the write is
 * done: it refuses nothing.
 */
export type Settle = (read: Reading) => Promise<Fields>;

export type { Caller } from "../access/caller";
export { accessOf } from "../access/guarded";
export type { Access } from "../model/access";

export interface Example {
  /** As typed at a shell, from `hermes` on. */
  readonly command: string;
  readonly about?: string;
}

/** An API node, declared once: commands, help, checks and answers follow from it. */
export interface NodeDeclaration<
  P extends Params = Params,
  A extends Answers = Answers,
  N extends string = string,
> extends Guarded<Values<P>> {
  /** `family/some_node`. */
  readonly name: N;
  /** One line, as it stands in a list of commands. */
  readonly summary: string;
  /** More of what a person should know, where the line does not say it all. */
  readonly description?: string;
  readonly params: P;
  /** What holds between the parameters; it is checked before any database is touched. */
  readonly relations?: readonly Relation<NoInfer<Extract<keyof P, string>>>[];
  /** Fields of an `ok` answer. */
  readonly answers: A;
  readonly examples: readonly [Example, ...Example[]];
  /** The one field that is printed as it is, without an envelope. */
  readonly plain?: NoInfer<Extract<keyof A, string>>;
  /** Whether it writes, where that does not follow from its access (a login writes its session). */
  readonly writes?: boolean;
  /** Always has a transaction of its own: it can't be tried out, nor be part of a batch. */
  readonly alone?: boolean;
  /** What its answer does to the session that it is about. */
  readonly session?: SessionEffect;
  /** Works without any database. */
  readonly offline?: boolean;
  /** How missing, empty and malformed parameters are answered where not by `invalid`/`parameters`. */
  readonly refuse?: (detail: string) => Refusal;
  /** Checks between parameters that no relation can say, before any database is touched; throws a Refusal. */
  readonly check?: (params: Values<P>) => void;
  /** A question that a person must say yes to first, or undefined where none is needed. */
  readonly confirm?: (params: Values<P>) => string | undefined;
  /** What it did, where it writes, in a sentence; without it people are shown its fields. */
  readonly tells?: Telling<NoInfer<A>>;
}

/** What a node answers with. */
type Answer<A extends Answers> = Produced<A> & { readonly response?: "pong" };

/** A node that looks, or has a way of its own. */
export interface RunningNode<
  P extends Params = Params,
  A extends Answers = Answers,
  N extends string = string,
  Before = unknown,
> extends NodeDeclaration<P, A, N> {
  /** What it takes before anything is read, where it writes. */
  readonly locks?: readonly LockName[];
  /** What takes its time and needs neither lock nor connection: done first. `run` is given it. */
  before?(look: Reading, params: Values<P>, context: Context): Promise<Before>;
  /**
   * The node itself, in one transaction over both databases. It may be run again from the start
   * where another writer was quicker, so it touches nothing but the stores. Refuses by throwing,
   * which undoes everything; what stands beside a Refusal that is returned is kept.
   */
  run(
    stores: Recorded,
    params: Values<P>,
    context: Context,
    before: Before,
  ): Promise<Answer<A> | Refusal>;
}

/** A node that a rule decides on: a batch of one, and in a batch one of many. */
export interface RuledNode<
  P extends Params = Params,
  A extends Answers = Answers,
  N extends string = string,
  Wanted = unknown,
  Outcome = unknown,
> extends NodeDeclaration<P, A, N> {
  readonly rule: Rule<Wanted, Outcome>;
  /** The request as the rule takes it. It may take its time: no lock is held yet. */
  wanted(params: Values<P>, context: Context): Wanted | Promise<Wanted>;
  /** What is answered where the rule allowed it. */
  answer(outcome: Outcome, params: Values<P>, wanted: Wanted): Answer<A>;
  /** Whose registrations are over with it: a running Kamailio is told once it is certain. */
  leaves?(outcome: Outcome): SipAddress | undefined;
  /** What else has to be done in the same transaction. */
  after?(stores: Stores, outcome: Outcome, params: Values<P>, context: Context): Promise<void>;
  /**
   * Prepares what is to be done once the write is certain, outside its transaction; refuses what
   * will not be possible. Nothing is done on a trial.
   */
  settling?(params: Values<P>, context: Context): Promise<Settle | undefined>;
  /** What the answer to a database error says beside it. */
  blames?(params: Values<P>): Fields;
}

// biome-ignore lint/suspicious/noExplicitAny: a node of any parameters, answers and rule
type AnyRuledNode = RuledNode<any, any, string, any, any>;

// biome-ignore lint/suspicious/noExplicitAny: a node of any parameters and answers
export type AnyNode = RunningNode<any, any, string, any> | AnyRuledNode;

export const isRuled = (node: AnyNode): node is AnyRuledNode => "rule" in node;

/** Declares a node. */
export function node<P extends Params, A extends Answers, const N extends string, Wanted, Outcome>(
  declaration: RuledNode<P, A, N, Wanted, Outcome>,
): RuledNode<P, A, N, Wanted, Outcome>;
export function node<P extends Params, A extends Answers, const N extends string, Before>(
  declaration: RunningNode<P, A, N, Before>,
): RunningNode<P, A, N, Before>;
export function node(declaration: AnyNode): AnyNode {
  return declaration;
}
