import type { Answer, Answers, Column, ListGiven, Produced, Received, Shape } from "./answer";

interface Named {
  /** The field's name in people's words. */
  readonly label?: string;
}

const of = <T>(shape: Shape, { label }: Named = {}): Answer<T> => ({
  shape,
  ...(label === undefined ? {} : { label }),
});

export const text = (named?: Named) => of<string>({ kind: "text" }, named);

/** One of a few words. */
export const oneOf = <T extends string>(choices: readonly T[], named?: Named) =>
  of<T>({ kind: "text", choices }, named);

/** A sentence for people. */
export const sentence = () => of<string>({ kind: "sentence" });

/** An E.164 number, `+` and digits; or another target of calls. */
export const telephone = (named?: Named) => of<string>({ kind: "telephone" }, named);

/** A whole number that is a name or a setting: a port, an id. */
export const number = (named?: Named) => of<number>({ kind: "number", grouped: false }, named);

/** How many; `partOf` names the field beside it that it is a part of. */
export const count = ({
  partOf,
  ...named
}: Named & { readonly partOf?: string } = {}): Answer<number> => ({
  ...of<number>({ kind: "number", grouped: true }, named),
  ...(partOf === undefined ? {} : { partOf }),
});

export const flag = (named?: Named) => of<boolean>({ kind: "flag" }, named);

/** Unix seconds; `zero` is what 0 means to people. */
export const time = ({ zero, ...named }: Named & { readonly zero?: string } = {}) =>
  of<number>({ kind: "time", unit: 1000, ...(zero === undefined ? {} : { zero }) }, named);

/** Unix milliseconds. */
export const millis = (named?: Named) => of<number>({ kind: "time", unit: 1 }, named);

/**
 * A password, a key, a digest, or a text with such in it: null to who may not see it, and masked
 * for people. `fresh` where this very call has made it, as nobody can look it up later.
 */
export const secret = ({ fresh = false, ...named }: Named & { readonly fresh?: boolean } = {}) =>
  of<string | null>({ kind: "secret", fresh }, named);

/** A few values beside others. */
export const list = <T, G>(
  each: Answer<T, G>,
  { between = ", ", ...named }: Named & { readonly between?: string } = {},
) => of({ kind: "list", of: each, between }, named) as Answer<T[], readonly G[]>;

/** The list that was asked for: people get a line for each of it, and `--output` its other forms. */
export const rows = <T, G>(
  each: Answer<T, G>,
  { column, ...named }: Named & { readonly column?: Column } = {},
) =>
  of({ kind: "rows", of: each, ...(column === undefined ? {} : { column }) }, named) as Answer<
    T[],
    ListGiven<G>
  >;

export const record = <F extends Answers>(fields: F, named?: Named) =>
  of({ kind: "record", fields }, named) as Answer<Received<F>, Produced<F>>;

/** A plain value, or a record where the request asked for that. */
export const either = <T, G, R, H>(plain: Answer<T, G>, record: Answer<R, H>) =>
  of({ kind: "either", plain, record }) as Answer<T | R, G | H>;

/** A value for each of a site's own names, such as its extensions; `named` are those that are another kind. */
export const map = <T, G>(each: Answer<T, G>, named?: Answers) =>
  of({ kind: "map", of: each, ...(named === undefined ? {} : { named }) }) as Answer<
    Readonly<Record<string, T>>,
    Readonly<Record<string, G>>
  >;

/** A sentence, the first of which people are told in the words of the node's `tells`. */
export const toldSentence = () =>
  shownAs(sentence(), sentence(), (detail) => detail.split(". ").slice(1).join(". "));

/** Any JSON value, but no secret. */
export const value = (named?: Named) => of<unknown>({ kind: "value" }, named);

export const anything = (named?: Named) => of<unknown>({ kind: "anything" }, named);

/** The same value, which people are shown in another form. */
export const shownAs = <T, G>(
  answer: Answer<T, G>,
  as: Answer,
  of: (value: T) => unknown,
): Answer<T, G> => ({ ...answer, people: { as, of } });
