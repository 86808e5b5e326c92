import { closest } from "../model/closest";
import { quoted } from "../model/quoted";
import type { Refusal } from "../model/refusal";
import { listed } from "../model/words";
import {
  type Given,
  invalidParameters,
  Malformed,
  type Param,
  type Params,
  type SiteDefaults,
  type Values,
} from "./param";

/** `r_port` → `--r-port`. */
export const flagName = (name: string) => `--${name.replaceAll("_", "-")}`;

export interface ReadOptions {
  /** How what is missing, empty or malformed is answered; left out, by `invalid`/`parameters`. */
  readonly refuse?: ((detail: string) => Refusal) | undefined;
  readonly defaults?: SiteDefaults | undefined;
}

/**
 * Checks what was given against the declaration: nothing unknown, nothing missing or empty,
 * everything of its form. Throws the Refusal that the request is answered with.
 */
export async function readParams<P extends Params>(
  params: P,
  given: Given,
  options?: ReadOptions,
): Promise<Values<P>> {
  return readRow(params, given, options);
}

/** The same, at once where no parameter has to be waited for: rows of an import come in thousands. */
export function readRow<P extends Params>(
  params: P,
  given: Given,
  options: ReadOptions = {},
): Values<P> | Promise<Values<P>> {
  const reading = read(params, given, options);
  const { done, value } = reading.next();
  return done ? value : awaited(reading, value);
}

async function awaited<T>(
  reading: Generator<Promise<unknown>, T, unknown>,
  waiting: Promise<unknown>,
): Promise<T> {
  const settled = await waiting.then(
    (value) => () => reading.next(value),
    (error) => () => reading.throw(error),
  );
  const { done, value } = settled();
  return done ? value : awaited(reading, value);
}

/** Hands out what has to be waited for, and is handed what came of it. */
function* read<P extends Params>(
  params: P,
  given: Given,
  { refuse = invalidParameters, defaults = {} }: ReadOptions,
): Generator<Promise<unknown>, Values<P>, unknown> {
  const { declared, known } = declarationOf(params);
  refuseUnknown(known, given);
  const values: Record<string, unknown> = {};
  // What is wrong with what was given is said first.
  let isComplete = true;
  for (const declaration of declared) {
    const { key, param, name, secret } = declaration;
    const raw = gathered(declaration, given, defaults, refuse);
    if (raw === undefined || raw === null) {
      if (param.required) isComplete = false;
      continue;
    }
    if (raw === "" && param.empty !== undefined) {
      values[key] = param.empty;
      continue;
    }
    if (raw === "") {
      throw refuse(`${name} is empty. Example: ${flagName(name)} ${param.example}`);
    }
    try {
      const value = param.parse(raw, key, defaults);
      values[key] = value instanceof Promise ? yield value : value;
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      const value = secret ? "" : ` ${shown(raw)}`;
      const detail = malformedDetail(name, value, error.message, param.example);
      throw (param.refuse ?? refuse)(detail);
    }
  }
  if (!isComplete) throw refuse(missing(declared, given, defaults, refuse));
  return values as Values<P>;
}

/** All that is needed and not given, at once. */
function missing(
  declared: readonly Declared[],
  given: Given,
  defaults: SiteDefaults,
  refuse: (detail: string) => Refusal,
): string {
  const lacking = declared.filter(
    (each) =>
      each.param.required && (gathered(each, given, defaults, refuse) ?? undefined) === undefined,
  );
  const verb = lacking.length === 1 ? "is" : "are";
  const example = lacking.map(({ name, param }) => `${flagName(name)} ${shellWord(param.example)}`);
  return `${listed(lacking.map(({ name }) => name))} ${verb} missing. Example: ${example.join(" ")}`;
}

const shellWord = (word: string) => (/\s/.test(word) ? `'${word}'` : word);

function gathered(
  { param, key, name }: Declared,
  given: Given,
  defaults: SiteDefaults,
  refuse: (detail: string) => Refusal,
): unknown {
  try {
    return param.gather(given, key, defaults);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw refuse(`${name} ${error.message}. Example: ${flagName(name)} ${param.example}`);
  }
}

interface Declared {
  readonly key: string;
  // biome-ignore lint/suspicious/noExplicitAny: a parameter of any type
  readonly param: Param<any>;
  /** The first of the names that it can be given by. */
  readonly name: string;
  readonly secret: boolean;
}

interface Declaration {
  readonly declared: readonly Declared[];
  readonly known: ReadonlySet<string>;
}

const declarations = new WeakMap<Params, Declaration>();

/** What there is to know of a set of parameters: an import asks it for every row. */
function declarationOf(params: Params): Declaration {
  const before = declarations.get(params);
  if (before !== undefined) return before;
  const entries = Object.entries(params).map(([key, param]) => ({
    key,
    param,
    inputs: param.inputs(key),
  }));
  const declaration = {
    declared: entries.map(({ key, param, inputs }) => {
      const { name = key, secret = false } = inputs[0] ?? {};
      return { key, param, name, secret };
    }),
    known: new Set(entries.flatMap(({ inputs }) => inputs.map(({ name }) => name))),
  };
  declarations.set(params, declaration);
  return declaration;
}

function refuseUnknown(known: ReadonlySet<string>, given: Given): void {
  for (const name of Object.keys(given)) {
    if (known.has(name)) continue;
    const guess = closest(name, [...known]);
    throw invalidParameters(
      `Unknown parameter ${quoted(name)}.${guess === undefined ? "" : ` Did you mean ${guess}?`}`,
    );
  }
}

function malformedDetail(name: string, value: string, message: string, example: string): string {
  // A sentence says it all.
  if (/[.?]$/.test(message)) return message;
  if (/^[A-Z]/.test(message)) return `${message}: ${name}${value}. Example: ${example}`;
  return `${name}${value} ${message}. Example: ${flagName(name)} ${example}`;
}

/** A value as an error text can carry it; of what is no plain value only the kind is told. */
function shown(raw: unknown): string {
  if (Array.isArray(raw)) return "[…]";
  return typeof raw === "object" ? "{…}" : quoted(String(raw));
}
