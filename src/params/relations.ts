import type { Refusal } from "../model/refusal";
import { listed } from "../model/words";
import { type Given, invalidParameters, Malformed, type Param, type Params } from "./param";
import { flagName } from "./read";

type Kind = "exactlyOne" | "atMostOne" | "atLeastOne" | "together" | "needs";

/** What holds between parameters of a declaration, by the names that they are declared under. */
export interface Relation<N extends string = string> {
  readonly kind: Kind;
  readonly names: readonly N[];
  /** It is asked for only where this one is given. */
  readonly where?: N;
  /** What is wrong where none of them is given: "Nothing to change". */
  readonly missing?: string;
}

const relation =
  (kind: Kind) =>
  <N extends string>(first: N, ...others: N[]): Relation<N> => ({
    kind,
    names: [first, ...others],
  });

export const exactlyOne = relation("exactlyOne");
export const atMostOne = relation("atMostOne");
export const atLeastOne = relation("atLeastOne");
/** All of them or none. */
export const together = relation("together");
/** The first is given only beside the second. */
export const needs: <N extends string>(name: N, other: N) => Relation<N> = relation("needs");

/** The relation where `name` is given; without it nothing is asked. */
export const where = <N extends string>(name: N, inner: Relation<N>): Relation<N> => ({
  ...inner,
  where: name,
});

/** The relation, with the words that the refusal begins with where none of its names is given. */
export const saying = <N extends string>(missing: string, inner: Relation<N>): Relation<N> => ({
  ...inner,
  missing,
});

type Has = (name: string) => boolean;

/** Whether the relation holds for what is given. */
export function holds({ kind, names, where }: Relation, has: Has): boolean {
  if (where !== undefined && !has(where)) return true;
  const count = names.filter(has).length;
  switch (kind) {
    case "exactlyOne":
      return count === 1;
    case "atMostOne":
      return count <= 1;
    case "atLeastOne":
      return count >= 1;
    case "together":
      return count === 0 || count === names.length;
    case "needs":
      return !has(names[0] ?? "") || names.every(has);
  }
}

/** The relation as one sentence, which tells a person what to give. */
export function sentence({ kind, names, where }: Relation, params: Params): string {
  const flags = names.map((name) => flagOf(name, params[name]));
  const words = wordsOf(kind, flags);
  if (where === undefined) return `${words}.`;
  return `With ${flagOf(where, params[where])}, ${lowerFirst(words)}.`;
}

function wordsOf(kind: Kind, flags: readonly string[]): string {
  const [first, second] = flags;
  const two = flags.length === 2;
  switch (kind) {
    case "exactlyOne":
      return two ? `Give ${first} or ${second}, one of the two` : `Give one of ${listed(flags)}`;
    case "atMostOne":
      return two ? `Give ${first} or ${second}, not both` : `Give only one of ${listed(flags)}`;
    case "atLeastOne":
      return `Give at least one of ${listed(flags)}`;
    case "together":
      return `Give ${listed(flags)} together`;
    case "needs":
      return `${first} goes with ${second}`;
  }
}

/** A secret may come by standard input as well: `--password[-stdin]`. */
function flagOf(name: string, param: Param<unknown> | undefined): string {
  const secret = param?.inputs(name)[0]?.secret === true;
  return `${flagName(name)}${secret ? "[-stdin]" : ""}`;
}

/** Refuses with `invalid`/`parameters` where values that are read break a relation. */
export function requireRelations(
  relations: readonly Relation[],
  params: Params,
  values: Readonly<Record<string, unknown>>,
  refuse: (detail: string) => Refusal = invalidParameters,
): void {
  // Null is a value that was given empty, to clear what is there.
  const has = (name: string) => isGiven(values[name]) || values[name] === null;
  for (const each of relations) {
    if (holds(each, has)) continue;
    const words = sentence(each, params);
    const { missing, names } = each;
    throw refuse(
      missing === undefined || names.some(has) ? words : `${missing}: ${lowerFirst(words)}`,
    );
  }
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** A switch that is off is the same as one that is not given. */
const isGiven = (value: unknown) =>
  value !== undefined && value !== null && value !== false && value !== "false";

/**
 * The names of what a person is to be asked for: what is needed always, and of the {@link prompted}
 * ones those that mend a relation which is broken without them.
 */
export function toAsk(
  params: Params,
  relations: readonly Relation[],
  given: Given,
): readonly string[] {
  const raw = new Map(
    Object.entries(params).map(([name, param]) => [name, rawOf(param, given, name)]),
  );
  const present = new Set([...raw.keys()].filter((name) => isGiven(raw.get(name))));
  const asked: string[] = [];
  for (const [name, { required, prompted = false }] of Object.entries(params)) {
    if ((raw.get(name) ?? undefined) !== undefined) continue;
    const completed = new Set([...present, name]);
    const mends = relations.some(
      (each) => !holds(each, (of) => present.has(of)) && holds(each, (of) => completed.has(of)),
    );
    if (!required && !(prompted && mends)) continue;
    asked.push(name);
    present.add(name);
  }
  return asked;
}

/** What was given in a wrong way is there: the check will say what is wrong. */
function rawOf(param: Params[string], given: Given, name: string): unknown {
  try {
    return param.gather(given, name);
  } catch (error) {
    if (error instanceof Malformed) return "";
    throw error;
  }
}
