import { invalid, type Refusal } from "../model/refusal";

/** What a value names that there may be already, so that a command line can offer what there is. */
export type Named =
  | "account"
  | "address"
  | "alias"
  | "command"
  | "domain"
  | "extension"
  | "file"
  | "node"
  | "number"
  | "operator"
  | "phone";

/** One API parameter name that a parameter is read from, and so one flag. */
export interface Input {
  readonly name: string;
  /** What stands for the value in help: `ADDRESS`; absent for a switch. */
  readonly placeholder?: string;
  readonly about: string;
  readonly secret?: boolean;
  readonly choices?: readonly string[];
  /** Several choices may be given, with commas between them. */
  readonly listed?: boolean;
  readonly names?: Named;
  /** The flag may stand several times. */
  readonly repeated?: boolean;
}

/** Whether a word may be meant for a parameter; one that is `begun` may go on. */
export type TakesWord = (word: string, begun?: boolean) => boolean;

/** What came in, by API name: strings from a command line, any JSON value from elsewhere. */
export type Given = Readonly<Record<string, unknown>>;

/** What the site's configuration says of what was left out. */
export interface SiteDefaults {
  /** Of an address that is given without one. */
  readonly domain?: string | undefined;
}

/**
 * A declared parameter. From it follow the flags, the help, the check and its error texts.
 * `T` is what the node gets.
 */
export interface Param<T> {
  /** The API names it can be given by; `key` is the name it is declared under. */
  inputs(key: string): readonly Input[];
  readonly required: boolean;
  /** May also stand without its flag, in the order of declaration. */
  readonly positional: boolean;
  /** Whether a word without a flag can be meant for this parameter, where several compete for it. */
  readonly takes?: TakesWord;
  /** A person is asked for it where the rest is nothing without it, see `toAsk`. */
  readonly prompted?: boolean;
  /** A secret that is made up just now: a person types it twice, and is told where it is easily guessed. */
  readonly chosen?: boolean;
  /** Takes all words without a flag that are left, as a list. */
  readonly rest?: boolean;
  /** What an empty value comes to, where it is no mistake: nothing. */
  readonly empty?: null;
  /** It is the path of a file that is opened; `or-stdin` where `-` is standard input. */
  readonly path?: "only" | "or-stdin";
  /** The site's defaults may say what is left out of it. */
  readonly completed?: boolean;
  /** A value as a person would type it, for help and error texts. */
  readonly example: string;
  /** The raw value out of all that was given, or undefined where it was not given. */
  gather(given: Given, key: string, defaults?: SiteDefaults): unknown;
  /** The value, or a throw of {@link Malformed}. */
  parse(raw: unknown, key: string, defaults?: SiteDefaults): T | Promise<T>;
  /** How a malformed value is answered where not by the node's general rule. */
  readonly refuse?: (detail: string) => Refusal;
}

/** A value that is not of its parameter's form; the message says what would be. */
export class Malformed extends Error {}

// biome-ignore lint/suspicious/noExplicitAny: a set of parameters of any types
export type Params = Readonly<Record<string, Param<any>>>;

/** What a node's `run` gets for its declared parameters. */
export type Values<P extends Params> = {
  readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never;
};

interface Simple<T> {
  readonly about: string;
  readonly example: string;
  readonly placeholder?: string;
  readonly secret?: boolean;
  readonly choices?: readonly string[];
  readonly listed?: boolean;
  readonly names?: Named;
  readonly parse: (raw: unknown, key: string) => T | Promise<T>;
  readonly refuse?: (detail: string) => Refusal;
}

/** A required parameter that is read from the one API name it is declared under. */
export function simple<T>(spec: Simple<T>): Param<T> {
  const { about, placeholder, secret, choices, listed, names, ...rest } = spec;
  return {
    ...rest,
    required: true,
    positional: false,
    inputs: (key) => [
      {
        name: key,
        about,
        ...(placeholder === undefined ? {} : { placeholder }),
        ...(secret === undefined ? {} : { secret }),
        ...(choices === undefined ? {} : { choices }),
        ...(listed === undefined ? {} : { listed }),
        ...(names === undefined ? {} : { names }),
      },
    ],
    gather: (given, key) => given[key],
  };
}

export function optional<T>(param: Param<T>): Param<T | undefined> {
  return { ...param, required: false };
}

/** Given empty, it comes to nothing: null. */
export const orEmpty = <T>(param: Param<T>): Param<T | null> => ({ ...param, empty: null });

/** May be left out; given empty, it clears what is there. */
export const clearable = <T>(param: Param<T>): Param<T | null | undefined> =>
  optional<T | null>(orEmpty(param));

/** May stand without its flag; `takes` where the word may be meant for another parameter. */
export function positional<T>(param: Param<T>, takes?: TakesWord): Param<T> {
  return { ...param, positional: true, ...(takes === undefined ? {} : { takes }) };
}

/** An optional parameter that a terminal is asked for where the relations between parameters want it. */
export function prompted<T>(param: Param<T>): Param<T | undefined> {
  return { ...param, required: false, prompted: true };
}

/** A secret that is made up just now, not one that is known from elsewhere. */
export const chosen = <T>(param: Param<T>): Param<T> => ({ ...param, chosen: true });

/** The same parameter, a malformed value of which is answered in the node's own way. */
export function refusing<T>(param: Param<T>, refuse: (detail: string) => Refusal): Param<T> {
  return { ...param, refuse };
}

/** The same parameter with another explanation. */
export const about = <T>(param: Param<T>, text: string): Param<T> =>
  withFirst(param, { about: text });

/** The same parameter, whose value names such a thing. */
export const naming = <T>(names: Named, param: Param<T>): Param<T> => withFirst(param, { names });

/** The same parameter, the first of whose inputs has these words. */
function withFirst<T>(param: Param<T>, words: Partial<Input>): Param<T> {
  return {
    ...param,
    inputs: (key) => {
      const [first, ...others] = param.inputs(key);
      return first === undefined ? [] : [{ ...first, ...words }, ...others];
    },
  };
}

/**
 * A raw value as text: numbers are welcome where text is, other kinds are not. A whole number that
 * JavaScript can't hold exactly may have been another one.
 */
export function asText(raw: unknown): string {
  if (typeof raw === "string") return raw;
  if (typeof raw === "number" && Number.isInteger(raw) && !Number.isSafeInteger(raw)) {
    throw new Malformed("is too large for a number: give it as text");
  }
  if (typeof raw === "number" || typeof raw === "bigint") return String(raw);
  throw new Malformed("must be text");
}

/** What is given for parameters, by its own names: a parameter can be made up of several inputs. */
export const inputsOf = (params: Params): Input[] =>
  Object.entries(params).flatMap(([key, param]) => [...param.inputs(key)]);

export const invalidParameters = (detail: string) => invalid("parameters", detail);
