import type { Answers } from "../answers/answer";
import type { Example } from "../nodes/node";
import type { Input, Params } from "../params/param";
import { flagName } from "../params/read";
import type { Relation } from "../params/relations";

/**
 * Everything that can be written at the command line, as a value: parsing, help, completion and
 * the words of usage errors are all made from it, and whoever wants can walk it.
 */
export interface Grammar<C extends CommandGrammar = CommandGrammar> {
  readonly summary: string;
  /** Flags that every command takes, before it or behind it. */
  readonly flags: readonly Flag[];
  /** In the order in which help has them. */
  readonly families: readonly Family<C>[];
  readonly topics: readonly Topic[];
}

/** Commands under one word, or one that is that word itself. */
export interface Family<C extends CommandGrammar = CommandGrammar> {
  readonly name: string;
  /** Another word that is taken for its name. */
  readonly also?: string;
  readonly summary: string;
  /** Where help lists it. */
  readonly section: Section;
  readonly commands: readonly C[];
  /** Its only command is the family's name alone: `hermes batch`. */
  readonly alone?: true;
}

/** The parts of the list of commands, in their order. */
export const SECTIONS = ["Commands", "Setting up and looking after", "For programs"] as const;

export type Section = (typeof SECTIONS)[number];

/** What there is to say of a command, for people and programs. */
export interface CommandGrammar {
  /** `family/some_node`, as the API has its nodes; a command that is no node likewise. */
  readonly name: string;
  /** The words behind `hermes`: `["family", "some-node"]`. */
  readonly path: readonly string[];
  /** One line, without a full stop. */
  readonly summary: string;
  readonly description?: string;
  readonly params: Params;
  /** What holds between the parameters. */
  readonly relations: readonly Relation[];
  /** Fields of its answer; none where what is printed is no envelope. */
  readonly answers: Answers;
  readonly examples: readonly Example[];
}

/** A text that `hermes help NAME` shows. */
export interface Topic {
  readonly name: string;
  readonly summary: string;
  readonly body: () => readonly Block[];
}

/** A paragraph, a table of two columns, or examples. */
export type Block = string | readonly Row[] | { readonly examples: readonly Example[] };

export type Row = readonly [term: string, about: string];

/** A value given by name, `--r-port PORT`, or a switch, which has no placeholder. */
export interface Flag extends Input {
  /** As it may be typed, the form that help shows first: `--r-port`, `--r_port`. */
  readonly spellings: readonly [string, ...string[]];
  /** It must be given, and has no place among the words. */
  readonly required: boolean;
}

/** A value given by its place. */
export interface Word {
  readonly key: string;
  /** As usage has it: `user`, `NAME=VALUE…`. */
  readonly shown: string;
  readonly required: boolean;
  readonly choices?: readonly string[];
}

/** `user/add_local` → `["user", "add-local"]`. */
export const pathOf = (name: string): string[] => name.replaceAll("_", "-").split("/");

/** The switch beside a secret's flag that has it read from standard input. */
export const stdinName = (name: string) => `${name}_stdin`;

/** Every flag of a set of parameters, in the order of declaration; `short` has the letters of some. */
export function flagsOf(params: Params, short: Readonly<Record<string, string>> = {}): Flag[] {
  return Object.entries(params).flatMap(([key, param]) =>
    param.inputs(key).flatMap((input, index) => {
      const needed = param.required && !param.positional && index === 0;
      const flag = {
        ...input,
        spellings: spellings(input.name, short[key]),
        required: needed && input.placeholder !== undefined,
      };
      return input.secret ? [flag, fromStdin(input)] : [flag];
    }),
  );
}

/** What may stand without a flag, in its order. */
export function wordsOf(params: Params): Word[] {
  return Object.entries(params)
    .filter(([, param]) => param.positional || param.rest)
    .map(([key, param]) => {
      const { name = key, placeholder, choices } = param.inputs(key)[0] ?? {};
      return {
        key,
        shown: param.rest ? `${placeholder}…` : name,
        required: param.required,
        ...(choices === undefined ? {} : { choices }),
      };
    });
}

/** Every command, in the order of its family. */
export const commandsOf = <C extends CommandGrammar>({ families }: Grammar<C>): C[] =>
  families.flatMap(({ commands }) => commands);

/** What words lead to: a command, a family, or nothing that is known; and the words that are left. */
export interface Found<C extends CommandGrammar> {
  readonly family: Family<C> | undefined;
  readonly command: C | undefined;
  readonly rest: readonly string[];
}

/** Follows words into the grammar, `_` in a command taken for `-`. */
export function find<C extends CommandGrammar>(
  grammar: Grammar<C>,
  words: readonly string[],
): Found<C> {
  const [first = "", second = "", ...others] = words;
  const family = grammar.families.find(({ name, also }) => name === first || also === first);
  if (family === undefined) return { family, command: undefined, rest: words };
  if (family.alone) return { family, command: family.commands[0], rest: words.slice(1) };
  const name = second.replaceAll("_", "-");
  const command = family.commands.find(({ path }) => path[1] === name);
  return { family, command, rest: command === undefined ? words.slice(1) : others };
}

function spellings(name: string, letter: string | undefined): [string, ...string[]] {
  const dashed = flagName(name);
  return [
    dashed,
    ...(name.includes("_") ? [`--${name}`] : []),
    ...(letter === undefined ? [] : [`-${letter}`]),
  ];
}

function fromStdin({ name }: Input): Flag {
  const of = stdinName(name);
  return {
    name: of,
    about: `read the ${name.replaceAll("_", " ")} from standard input`,
    spellings: spellings(of, undefined),
    required: false,
  };
}
