import type { Received } from "../answers/answer";
import type { Fields } from "../model/envelope";
import * as alias from "./alias";
import * as audit from "./audit";
import * as auth from "./auth";
import * as domain from "./domain";
import * as extension from "./extension";
import type { AnyNode } from "./node";
import * as numbers from "./numbers";
import * as permission from "./permission";
import * as phone from "./phone";
import * as user from "./user";

export interface Family {
  readonly name: string;
  /** One line, as it stands in a list of commands. */
  readonly summary: string;
  readonly nodes: readonly AnyNode[];
}

/** Every node, by family, in the order of the API document. */
export const families: readonly Family[] = [
  { name: "auth", summary: "Operators, their sessions and API keys", nodes: Object.values(auth) },
  { name: "user", summary: "Accounts, local and remote", nodes: Object.values(user) },
  { name: "phone", summary: "Desk phones and the accounts on them", nodes: Object.values(phone) },
  { name: "numbers", summary: "The pool of E.164 numbers", nodes: Object.values(numbers) },
  { name: "alias", summary: "Addresses that lead to an account", nodes: Object.values(alias) },
  { name: "domain", summary: "Domains and their default servers", nodes: Object.values(domain) },
  { name: "permission", summary: "Where accounts may call", nodes: Object.values(permission) },
  {
    name: "extension",
    summary: "Who manages an extension, and who may do what with it",
    nodes: Object.values(extension),
  },
  {
    name: "audit",
    summary: "What was changed, when and by whom; and taking it back",
    nodes: Object.values(audit),
  },
];

export const nodes: readonly AnyNode[] = families.flatMap((family) => family.nodes);

const byName = new Map(nodes.map((node) => [node.name, node]));

export const findNode = (name: string): AnyNode | undefined => byName.get(name);

type In<Family> = Family[keyof Family];
type Declared =
  | In<typeof alias>
  | In<typeof audit>
  | In<typeof auth>
  | In<typeof domain>
  | In<typeof extension>
  | In<typeof numbers>
  | In<typeof permission>
  | In<typeof phone>
  | In<typeof user>;

/** The name of a node. */
export type NodeName = Declared["name"];

/** The fields of a node's `ok` answer, lists read to their end: `Answer<"user/get">`. */
export type Answer<N extends NodeName> = Received<
  Extract<Declared, { readonly name: N }>["answers"]
>;

/** What a call of the node comes to. */
export type Answered<N extends NodeName> =
  | ({ readonly response: "ok" | "pong"; readonly dry_run?: true } & Answer<N>)
  | ({
      readonly response: "failed" | "invalid" | "error";
      readonly cause: string;
      readonly detail: string;
    } & Fields);
