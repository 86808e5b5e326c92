import type { Access } from "../model/access";
import type { LiteRule } from "./lite";

/** What is declared of a node, or of other work, about who may do it. */
// biome-ignore lint/suspicious/noExplicitAny: parameters of any node
export interface Guarded<V = any> {
  readonly name: string;
  /** `self` is the name of the operator who asks. */
  readonly access: Access | ((params: V, self?: string) => Access);
  /** What a lite operator may do with it; left out, nothing. */
  readonly lite?: LiteRule<V>;
  /** May be called without a session by the configuration's owner while there is no operator. */
  readonly bootstraps?: boolean;
}

/** What a call with these parameters takes. */
export function accessOf<V>({ access }: Guarded<V>, params: V, self?: string): Access {
  return typeof access === "function" ? access(params, self) : access;
}
