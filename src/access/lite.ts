import type { Fields } from "../model/envelope";
import { failed } from "../model/refusal";
import { Rows } from "../model/rows";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import type { Access } from "../nodes/node";
import { factsFor } from "../rules/carry-out";
import { asksForExtensions, type ExtensionName, extensionsNamed } from "../rules/extensions";
import type { Stores } from "../store/stores";
import type { Scope } from "./scope";

/** What a rule may look at. */
interface Question {
  readonly scope: Scope;
  // biome-ignore lint/suspicious/noExplicitAny: parameters of any node
  readonly params: any;
  /** What the node takes of others. */
  readonly needs: Access;
  readonly read: <T>(body: (stores: Stores) => Promise<T>) => Promise<T>;
}

interface Verdict {
  readonly allowed: boolean;
  /** A right on the extension stands in for the access level. */
  readonly byRight?: boolean;
  readonly filter?: (fields: Fields) => Fields;
}

type Rule = (question: Question) => Verdict | Promise<Verdict>;

/**
 * What a lite operator may call. Every node that is not named here is closed to them, whatever
 * their access level.
 */
export const LITE_RULES: Readonly<Record<string, Rule>> = {
  "auth/ping": () => ({ allowed: true }),
  "user/gen_pw": () => ({ allowed: true }),

  "user/get": ({ scope, params }) => ({ allowed: scope.has(params.user) }),
  "user/location": ({ scope, params }) => ({ allowed: scope.has(params.user) }),
  "permission/get": ({ scope, params }) => ({ allowed: scope.has(params.user) }),
  "phone/get": ({ scope, params }) =>
    params.mac === undefined
      ? { allowed: scope.has(params.user) }
      : { allowed: true, filter: accountsOfPhone(params.mac, scope) },

  "user/change_pw": controlling,
  "user/forward": (question) =>
    question.needs === "read_write"
      ? controlling(question)
      : { allowed: question.scope.has(question.params.user) },
  "phone/add": controlling,
  "phone/remove": controlling,

  "user/list": ({ scope }) => ({
    allowed: true,
    filter: only("list", (row) => scope.hasShown((row as { user: string }).user)),
  }),
  "alias/list": ({ scope }) => ({
    allowed: true,
    filter: only("aliases", (row) => scope.hasShown((row as { destination: string }).destination)),
  }),
  "phone/list": async ({ scope, read }) => {
    const theirs = await read(({ phones }) => phones.of(scope.extensions));
    const macs = new Set(theirs.map(({ mac }) => mac));
    return { allowed: true, filter: only("list", (mac) => macs.has(String(mac))) };
  },

  "extension/permissions": ({ needs }) => ({ allowed: needs === "session" }),
  "extension/get_managing_user": async ({ scope, params, read }) => {
    const wanted = [{ extension: params.extension as ExtensionName }];
    const facts = await read((stores) => factsFor(stores, { asks: asksForExtensions }, wanted));
    const [extension, ...others] = extensionsNamed(facts, params.extension);
    return { allowed: extension !== undefined && others.length === 0 && scope.has(extension) };
  },
};

/** With the right to control its phones: password, forwarding and phones of the account. */
function controlling({ scope, params }: Question): Verdict {
  const user: SipAddress = params.user;
  return { allowed: scope.permissions(user)?.controlSipDevices === true, byRight: true };
}

function accountsOfPhone(mac: string, scope: Scope) {
  const filter = only("list", (user) => scope.hasShown(user));
  return (fields: Fields): Fields => {
    const left = filter(fields);
    if ((left.list as unknown[]).length > 0) return left;
    throw failed("nonexistant", `Phone ${mac} has no account.`);
  };
}

/** The answer with those rows of a list alone that `keep` says yes to. */
function only(field: string, keep: (row: unknown) => boolean) {
  return (fields: Fields): Fields => {
    const list = fields[field];
    const kept = list instanceof Rows ? list.filter(keep) : (list as unknown[]).filter(keep);
    return { ...fields, [field]: kept };
  };
}

/** Why a lite operator is turned down. */
export function liteRefusal(name: string, node: string, params: { user?: unknown }): string {
  const user = params.user as SipAddress | undefined;
  return user === undefined || LITE_RULES[node] === undefined
    ? `${name} is a lite operator, who can't call ${node}.`
    : `${name} is a lite operator without the right to do this with ${formatSipAddress(user)}.`;
}
