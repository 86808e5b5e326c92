import type { Rows } from "../model/rows";

/** Only the compiler knows it: what a value of the answer is like. */
declare const TYPES: unique symbol;

/** What kind of value stands in a field of an answer. */
export type Shape =
  /** Words as they are; `choices` where there are no others. */
  | { readonly kind: "text"; readonly choices?: readonly string[] }
  /** A sentence for people, which needs no label. */
  | { readonly kind: "sentence" }
  /** An E.164 number, or whatever else calls can be sent to. */
  | { readonly kind: "telephone" }
  /** A whole number; `grouped` where people want to read how many it is. */
  | { readonly kind: "number"; readonly grouped: boolean }
  | { readonly kind: "flag" }
  /** Unix time in units of so many milliseconds; `zero` is what people are told of 0. */
  | { readonly kind: "time"; readonly unit: 1 | 1000; readonly zero?: string }
  /** Nothing for everybody's eyes; `fresh` where this very call has made it. */
  | { readonly kind: "secret"; readonly fresh: boolean }
  /** A few values beside others, with `between` between them. */
  | { readonly kind: "list"; readonly of: Answer; readonly between: string }
  /** The list that was asked for, of any length; `column` is what a table calls each plain value of it. */
  | { readonly kind: "rows"; readonly of: Answer; readonly column?: Column }
  | { readonly kind: "record"; readonly fields: Answers }
  /** A plain value or a record, whichever was asked for. */
  | { readonly kind: "either"; readonly plain: Answer; readonly record: Answer }
  /** Names of the site's own, each with such a value; of some it is known what stands there. */
  | { readonly kind: "map"; readonly of: Answer; readonly named?: Answers }
  /** Any JSON value, but no secret. */
  | { readonly kind: "value" }
  /** Whatever it is; it is shown by its looks. */
  | { readonly kind: "anything" };

/** A column's name, or what tells it by a value where it depends on what was asked. */
export type Column = string | ((value: unknown) => string);

/**
 * A declared field of an answer. From it follow what the caller may see of it, how people are shown
 * it, its JSON Schema and its type. `T` is what a caller gets, `Given` what a node may hand over.
 */
// biome-ignore lint/suspicious/noExplicitAny: an answer of any type
export interface Answer<T = any, Given = T> {
  readonly shape: Shape;
  /** The field's name in people's words, where they are not those of the API. */
  readonly label?: string;
  /** May be left out of the answer. */
  readonly optional?: boolean;
  readonly nullable?: boolean;
  /** Another form of the value, for people. */
  readonly people?: { readonly as: Answer; readonly of: (value: T) => unknown };
  /** The field beside it that it is a part of: people at a terminal see how large a part. */
  readonly partOf?: string;
  /** Whether what stands beside it says it already, so that people need not be told. */
  readonly implied?: (value: T, beside: Readonly<Record<string, unknown>>) => boolean;
  readonly [TYPES]?: { readonly value: T; readonly given: Given };
}

/** A field that may be left out. */
export interface OptionalAnswer<T, Given = T> extends Answer<T, Given> {
  readonly optional: true;
}

/** An answer's fields by their API names. */
export type Answers = Readonly<Record<string, Answer>>;

// biome-ignore lint/suspicious/noExplicitAny: an answer of any type
type ValueOf<A> = A extends Answer<infer T, any> ? T : never;
// biome-ignore lint/suspicious/noExplicitAny: an answer of any type
type GivenOf<A> = A extends Answer<any, infer G> ? G : never;

type OptionalNames<A extends Answers> = {
  [K in keyof A]: A[K] extends { readonly optional: true } ? K : never;
}[keyof A];

/** What a caller gets of declared fields. */
export type Received<A extends Answers> = {
  readonly [K in Exclude<keyof A, OptionalNames<A>>]: ValueOf<A[K]>;
} & { readonly [K in OptionalNames<A>]?: ValueOf<A[K]> };

/** What a node may hand over for declared fields: long lists as {@link Rows}. */
export type Produced<A extends Answers> = {
  readonly [K in Exclude<keyof A, OptionalNames<A>>]: GivenOf<A[K]>;
} & { readonly [K in OptionalNames<A>]?: GivenOf<A[K]> };

/** What a shared declaration's value is like, for the function that makes it. */
// biome-ignore lint/suspicious/noExplicitAny: an answer of any type
export type Of<A extends (...args: any[]) => Answer> = GivenOf<ReturnType<A>>;

export type ListGiven<Given> = Rows<Given> | readonly Given[];

export function optional<T, G>(answer: Answer<T, G>): OptionalAnswer<T, G> {
  return { ...answer, optional: true };
}

export function nullable<T, G>(answer: Answer<T, G>): Answer<T | null, G | null> {
  return { ...answer, nullable: true } as Answer<T | null, G | null>;
}

/** The field that is the list that was asked for, where the answer is one. */
export function listField(answers: Answers): string | undefined {
  return Object.keys(answers).find((name) => answers[name]?.shape.kind === "rows");
}
