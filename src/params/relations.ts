import type { Refusal } from "../model/refusal";
import { type Given, invalidParameters, type Param, type Params } from "./param";
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

const listed = (flags: readonly string[]) =>
  flags.length < 2
    ? flags.join("")
    : `${flags.slice(0, -1).join(", ")} and ${flags[flags.length - 1]}`;

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
 * The names of secrets that a person is to be asked for: those that are needed always, and of the
 * {@link prompted} ones those without which a relation is broken and with which none is.
 */
export function secretsToAsk(
  params: Params,
  relations: readonly Relation[],
  given: Given,
): readonly string[] {
  const present = new Set(
    Object.keys(params).filter((name) => isGiven(params[name]?.gather(given, name))),
  );
  const broken = (names: ReadonlySet<string>) =>
    relations.some((each) => !holds(each, (name) => names.has(name)));
  const asked: string[] = [];
  for (const [name, param] of Object.entries(params)) {
    if (present.has(name) || param.inputs(name)[0]?.secret !== true) continue;
    const completed = new Set([...present, name]);
    const wanted = param.required || (param.prompted && broken(present) && !broken(completed));
    if (!wanted) continue;
    asked.push(name);
    present.add(name);
  }
  return asked;
}
