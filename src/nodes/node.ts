import type { Authority } from "../access/authority";
import type { Config } from "../config/config";
import type { Rpc } from "../kamailio-rpc/rpc";
import type { AccessLevel } from "../model/access";
import type { Credentials } from "../model/credentials";
import type { Fields } from "../model/envelope";
import type { Refusal } from "../model/refusal";
import type { Params, Values } from "../params/param";
import type { Stores } from "../store/stores";

/** What an operator must hold to call a node; `none` is open to everybody, `session` to every operator. */
export type Access = "none" | "session" | AccessLevel;

/** What a node does to a session, so that whoever keeps one knows what to do with its answer. */
export type SessionEffect = "opens" | "renews" | "closes";

/** On whose behalf a node runs. */
export interface Caller {
  /** The operating system's user name, or an operator's. */
  readonly name: string;
  /**
   * What proves whose call it is where `auth.mode` is `session`; a function is asked for each call,
   * and once more with what was refused, as another process may have renewed the key.
   */
  readonly credentials?:
    | Credentials
    | ((refused?: Credentials) => Promise<Credentials | undefined>);
  /** IP addresses of the machine that the call comes from; left out, this machine's. */
  readonly addresses?: readonly string[];
}

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
}

export interface Example {
  /** As typed at a shell, from `hermes` on. */
  readonly command: string;
  readonly about?: string;
}

/** An API node, declared once: commands, help, checks and answers follow from it. */
export interface NodeDeclaration<P extends Params = Params> {
  /** `family/some_node`. */
  readonly name: string;
  /** One line, as it stands in a list of commands. */
  readonly summary: string;
  /** More of what a person should know, where the line does not say it all. */
  readonly description?: string;
  /** `self` is the name of the operator who asks. */
  readonly access: Access | ((params: Values<P>, self?: string) => Access);
  readonly params: P;
  /** Fields of an `ok` answer. */
  readonly answers: readonly string[];
  readonly examples: readonly [Example, ...Example[]];
  /** Secret fields that this very call makes, and so shows. */
  readonly fresh?: readonly string[];
  /** The one field that is printed as it is, without an envelope. */
  readonly plain?: string;
  /** Whether it writes, where that does not follow from its access (a login writes its session). */
  readonly writes?: boolean;
  /** Always has a transaction of its own: it can't be tried out, nor be part of a batch. */
  readonly alone?: boolean;
  /** May be called without a session by the configuration's owner while there is no operator. */
  readonly bootstraps?: boolean;
  /** What its answer does to the session that it is about. */
  readonly session?: SessionEffect;
  /** Works without any database. */
  readonly offline?: boolean;
  /** How missing, empty and malformed parameters are answered where not by `invalid`/`parameters`. */
  readonly refuse?: (detail: string) => Refusal;
  /** Checks parameters against each other, before any database is touched; throws a Refusal. */
  readonly check?: (params: Values<P>) => void;
  /** A question that a person must say yes to first, or undefined where none is needed. */
  readonly confirm?: (params: Values<P>) => string | undefined;
  /**
   * The node itself, in one transaction over both databases. It may be run again from the start
   * where another writer was quicker, so it touches nothing but the stores. Refuses by throwing,
   * which undoes everything; what stands beside a Refusal that is returned is kept.
   */
  run(stores: Stores, params: Values<P>, context: Context): Promise<Fields | Refusal>;
}

/** Declares a node. */
export function node<P extends Params>(declaration: NodeDeclaration<P>): NodeDeclaration<P> {
  return declaration;
}

export function accessOf<P extends Params>(
  declaration: NodeDeclaration<P>,
  params: Values<P>,
  self?: string,
): Access {
  const { access } = declaration;
  return typeof access === "function" ? access(params, self) : access;
}
