import { Refusal } from "../model/refusal";
import { weakness } from "../model/weak-password";
import { type Given, type Input, optional, type Param, type Params } from "../params/param";
import { type ReadOptions, readParams } from "../params/read";
import { type Relation, toAsk } from "../params/relations";
import type { Cli } from "./cli";

// biome-ignore lint/suspicious/noExplicitAny: a parameter of any type
type AnyParam = Param<any>;

/** What is needed and was not given, as the person at the terminal has it. Nobody else is asked. */
export async function withAnswers(
  cli: Cli,
  params: Params,
  relations: readonly Relation[],
  given: Given,
): Promise<Given> {
  if (!cli.interactive) return given;
  const filled: Record<string, unknown> = { ...given };
  const asked = toAsk(params, relations, given);
  const completed = asked.some((key) => params[key]?.completed);
  const defaults = completed ? (await cli.configuration()).defaults : undefined;
  // Nobody is asked for the rest of what can't be done.
  if (asked.length > 0 && (await isMalformed(params, given, defaults))) return given;
  for (const key of asked) {
    const param = params[key] as AnyParam;
    const [input] = param.inputs(key);
    if (input !== undefined) filled[input.name] = await answerFor(cli, key, param, input, defaults);
  }
  return filled;
}

async function answerFor(
  cli: Cli,
  key: string,
  param: AnyParam,
  input: Input,
  defaults: ReadOptions["defaults"],
): Promise<string> {
  const prompts = await import("./prompts");
  const { io } = cli;
  const { name, about, choices, names } = input;
  const label = name.replaceAll("_", " ");
  const question = `${label} (${about})`;
  const check = (typed: string) => faultOf(key, param, name, typed, defaults);
  if (input.secret)
    return param.chosen ? newSecret(cli, label, check) : prompts.askSecret(io, label, check);
  if (choices !== undefined && input.listed)
    return (await prompts.askSeveral(io, question, choices)).join();
  if (choices !== undefined) {
    return prompts.askChoice(
      io,
      question,
      choices.map((value) => ({ name: value, value })),
    );
  }
  if (names === undefined || names === "command" || names === "file") {
    return prompts.askText(io, question, undefined, check);
  }
  const { lookUp } = await import("./completion/things");
  const known = (typed: string) => lookUp(cli, names, typed).catch(() => []);
  return prompts.askKnown(io, question, known, check);
}

async function isMalformed(params: Params, given: Given, defaults: ReadOptions["defaults"]) {
  const each = Object.entries(params).map(([key, param]) => [key, optional(param)]);
  const read = () => readParams(Object.fromEntries(each), given, { defaults });
  return (await refusalOf(read)) !== undefined;
}

/** What is wrong with a value, in the words of any other refusal. Enter alone is no answer. */
async function faultOf(
  key: string,
  { empty, ...param }: AnyParam,
  name: string,
  typed: string,
  defaults: ReadOptions["defaults"],
) {
  const fault = await refusalOf(() =>
    readParams({ [key]: param }, { [name]: typed }, { defaults }),
  );
  return fault?.detail;
}

async function refusalOf(reading: () => Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await reading();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** A secret that is made up: typed twice, as nobody sees what they type. */
async function newSecret(
  cli: Cli,
  label: string,
  check: (typed: string) => Promise<string | undefined>,
): Promise<string> {
  const { askSecret } = await import("./prompts");
  const secret = await askSecret(cli.io, label, check);
  const why = weakness(secret);
  if (why !== undefined) cli.notice(`This ${label} is weak: ${why}.`);
  await askSecret(cli.io, `${label} again`, (again) =>
    again === secret ? undefined : "That is another one. Ctrl-C to begin anew.",
  );
  return secret;
}
