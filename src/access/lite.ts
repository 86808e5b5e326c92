import type { Access } from "../model/access";
import type { Fields } from "../model/envelope";
import type { Right } from "../model/extension-rights";
import type { Refusal } from "../model/refusal";
import { Rows } from "../model/rows";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import type { Stores } from "../store/stores";
import type { Scope } from "./scope";

/** What a rule may look at. */
export interface Question<V> {
  readonly scope: Scope;
  readonly params: V;
  /** What the call takes of others. */
  readonly needs: Access;
  readonly read: <T>(body: (stores: Stores) => Promise<T>) => Promise<T>;
}

export interface Verdict {
  readonly allowed: boolean;
  /** A right on the extension stands in for the access level. */
  readonly byRight?: boolean;
  readonly filter?: (fields: Fields) => Fields;
}

/**
 * What a lite operator may do with a node. It stands in the node's declaration; a node without one
 * is closed to them, whatever their access level.
 */
export type LiteRule<V> = (question: Question<V>) => Verdict | Promise<Verdict>;

/** About nobody's extension in particular. */
export const open: LiteRule<unknown> = () => ({ allowed: true });

/** About oneself alone. */
export const asOneself: LiteRule<unknown> = ({ needs }) => ({ allowed: needs === "session" });

/**
 * About one of their extensions, the account of that parameter. Writing takes the named right on
 * it, which then stands in for the access level.
 */
export function onAccount<K extends string>(
  name: K,
  { right }: { readonly right?: Right } = {},
): LiteRule<{ readonly [P in K]: SipAddress | undefined }> {
  return ({ scope, params, needs }) => {
    const account = params[name];
    if (account === undefined) return { allowed: false };
    if (right === undefined || needs !== "read_write") return { allowed: scope.has(account) };
    return { allowed: scope.permissions(account)?.[right] === true, byRight: true };
  };
}

/** About a phone all accounts of which are their extensions. Writing takes the right on each. */
export function onPhone<K extends string>(
  name: K,
  options: { readonly right?: Right } = {},
): LiteRule<{ readonly [P in K]: string | undefined }> {
  return async (question) => {
    const mac = question.params[name];
    if (mac === undefined) return { allowed: false };
    const accounts = await question.read(({ phones }) => phones.withMacs([mac]));
    const rule = onAccount("account", options);
    const verdicts = await Promise.all(
      accounts.map(({ address: account }) => rule({ ...question, params: { account } })),
    );
    const allowed = verdicts.length > 0 && verdicts.every((verdict) => verdict.allowed);
    return { ...verdicts[0], allowed };
  };
}

/** About one of their extensions, which has to be looked up first. */
export function onFound<V>(
  find: (stores: Stores, params: V) => Promise<SipAddress | undefined>,
): LiteRule<V> {
  return async ({ scope, params, read }) => {
    const found = await read((stores) => find(stores, params));
    return { allowed: found !== undefined && scope.has(found) };
  };
}

/** A list, of which they see the rows about their extensions: `of` answers a row's account. */
export const onlyOwn =
  <Row>(field: string, of: (row: Row) => string): LiteRule<unknown> =>
  ({ scope }) => ({
    allowed: true,
    filter: only(field, (row) => scope.hasShown(of(row as Row))),
  });

/** A list, of which they see the rows that `among` says yes to. */
export const onlyAmong =
  <Row>(
    field: string,
    among: (stores: Stores, scope: Scope) => Promise<(row: Row) => boolean>,
  ): LiteRule<unknown> =>
  async ({ scope, read }) => {
    const keep = await read((stores) => among(stores, scope));
    return { allowed: true, filter: only(field, (row) => keep(row as Row)) };
  };

/** The same rule; where nothing is left of the list, that is refused as if there were nothing. */
export const orRefuse =
  <V>(field: string, rule: LiteRule<unknown>, refusal: (params: V) => Refusal): LiteRule<V> =>
  async (question) => {
    const verdict = await rule(question);
    return {
      ...verdict,
      filter: (fields) => {
        const left = verdict.filter?.(fields) ?? fields;
        if ((left[field] as unknown[]).length === 0) throw refusal(question.params);
        return left;
      },
    };
  };

/** One rule where the parameter is given, another where it is not. */
export const whereGiven =
  <V>(name: Extract<keyof V, string>, given: LiteRule<V>, not: LiteRule<NoInfer<V>>): LiteRule<V> =>
  (question) =>
    question.params[name] === undefined ? not(question) : given(question);

/** The answer with those rows of a list alone that `keep` says yes to. */
function only(field: string, keep: (row: unknown) => boolean) {
  return (fields: Fields): Fields => {
    const list = fields[field];
    const kept = list instanceof Rows ? list.filter(keep) : (list as unknown[]).filter(keep);
    return { ...fields, [field]: kept };
  };
}

/** Why a lite operator is turned down. */
export function liteRefusal(
  name: string,
  { name: node, lite }: { readonly name: string; readonly lite?: unknown },
  { user }: { readonly user?: unknown },
): string {
  return user === undefined || lite === undefined
    ? `${name} is a lite operator, who can't call ${node}.`
    : `${name} is a lite operator without the right to do this with ${formatSipAddress(user as SipAddress)}.`;
}
