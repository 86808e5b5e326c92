import { Command as Commander, type CommanderError, Option } from "commander";
import { Refusal } from "../model/refusal";
import { type Given, inputsOf, invalidParameters, type Params } from "../params/param";
import { readParams } from "../params/read";
import type { Command } from "./command";
import { type GlobalFlags, globalParams } from "./global-flags";
import { type Family, type Flag, find, type Grammar, typedFlags } from "./grammar";
import { missingCommand, unknownCommand, unknownFlag } from "./unknown";

/** A command line as it was understood. Its flags hold whatever else it comes to. */
export interface CommandLine {
  readonly flags: GlobalFlags;
  readonly asks: Asked | Refusal;
}

/** What is to be done. */
export type Asked =
  | { readonly kind: "help"; readonly about: readonly string[] }
  | { readonly kind: "version" }
  | {
      readonly kind: "command";
      readonly command: Command;
      readonly given: Given;
      /** Arguments without a flag. */
      readonly words: readonly string[];
    };

/** Reads the words behind `hermes`. Never throws: what is wrong with them is what they ask for. */
export async function readCommandLine(
  grammar: Grammar<Command>,
  argv: readonly string[],
): Promise<CommandLine> {
  const line = parse(grammar, argv);
  try {
    return { asks: line.asks, flags: await readParams(globalParams, line.global) };
  } catch (error) {
    // The switches can't be malformed, and say how to answer.
    const switches = Object.entries(line.global).filter(([, value]) => value === true);
    const flags = await readParams(globalParams, Object.fromEntries(switches));
    return { flags, asks: line.asks instanceof Refusal ? line.asks : (error as Refusal) };
  }
}

/** The flags of every command on a line that is not finished; none where one of them is malformed. */
export async function readFlags(grammar: Grammar, argv: readonly string[]): Promise<GlobalFlags> {
  const { given } = scan(grammar.flags, argv);
  return readParams(globalParams, given).catch(() => readParams(globalParams, {}));
}

/** What is asked for, and the flags of every command, not looked at yet. */
interface Parsed {
  readonly global: Given;
  readonly asks: Asked | Refusal;
}

function parse(grammar: Grammar<Command>, argv: readonly string[]): Parsed {
  const line = scan(grammar.flags, argv);
  const { family, command, rest } = find(grammar, line.words);
  const answer = (asks: Parsed["asks"]): Parsed => ({ global: line.given, asks });
  if (line.fault !== undefined) return answer(line.fault);
  if (line.given.help) return answer({ kind: "help", about: line.words });
  if (line.given.version) return answer({ kind: "version" });
  if (command === undefined) return answer(withoutCommand(grammar, line, family, rest));

  const { own, global } = shared(command.params, line.given);
  const flags = typedFlags(command);
  const { given, words, left, fault } = scan(flags, line.left);
  const [stray] = left;
  if (fault !== undefined) return { global, asks: fault };
  if (stray !== undefined) {
    return { global, asks: unknownFlag(stray, [...flags, ...grammar.flags], command.path) };
  }
  const asks: Asked = {
    kind: "command",
    command,
    given: { ...own, ...given },
    words: [...rest, ...words],
  };
  return { global, asks };
}

/** What a line without a command comes to: `hermes`, `hermes user`, or one with a slip in it. */
function withoutCommand(
  grammar: Grammar,
  { words, left: [stray], given }: Scanned,
  family: Family | undefined,
  rest: readonly string[],
): Asked | Refusal {
  if (words.length === 0 && stray !== undefined) return unknownFlag(stray, grammar.flags);
  if (rest.length > 0) return unknownCommand(grammar, words);
  // `hermes -v`: without a command there is nothing to say more of.
  if (family === undefined && given.verbose) return { kind: "version" };
  // People are shown what there is; a program has forgotten something.
  if (given.json || stray !== undefined) return missingCommand(family, stray);
  return { kind: "help", about: words };
}

/** A flag of every command that the command has as a parameter of its own is that parameter. */
function shared(params: Params, given: Given): { own: Given; global: Given } {
  const names = new Set(inputsOf(params).map(({ name }) => name));
  const parted = (own: boolean) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name) === own));
  return { own: parted(true), global: parted(false) };
}

interface Scanned {
  readonly given: Given;
  /** Up to the first flag that is not known. */
  readonly words: readonly string[];
  /** That flag, and all behind it that was not understood either. */
  readonly left: readonly string[];
  readonly fault?: Refusal;
}

/** Takes the known flags, wherever they stand, out of `argv`. */
function scan(flags: readonly Flag[], argv: readonly string[]): Scanned {
  const given: Record<string, unknown> = {};
  const scanner = new Commander().exitOverride().configureOutput({ writeErr: () => {} });
  for (const flag of flags) {
    for (const spelling of flag.spellings) {
      const option = new Option(spelling + placeholder(flag));
      scanner.addOption(option);
      scanner.on(`option:${option.name()}`, (value: string) => {
        given[flag.name] = taken(flag, given[flag.name], value);
      });
    }
  }
  try {
    const { operands, unknown } = scanner.parseOptions([...argv]);
    return { given, words: operands, left: unknown };
  } catch (error) {
    return { given, words: [], left: [], fault: faultOf(error, flags, argv) };
  }
}

const placeholder = ({ placeholder, repeated }: Flag) =>
  placeholder === undefined ? "" : ` <${placeholder}${repeated ? "..." : ""}>`;

function taken({ placeholder, repeated }: Flag, before: unknown, value: string): unknown {
  if (placeholder === undefined) return true;
  return repeated ? [...((before as string[] | undefined) ?? []), value] : value;
}

/** The only fault there can be: the line ends where a flag's value should stand. */
function faultOf(error: unknown, flags: readonly Flag[], argv: readonly string[]): Refusal {
  if ((error as CommanderError).code !== "commander.optionMissingArgument") throw error;
  const last = argv.at(-1) ?? "";
  const flag = flags.find(({ spellings }) => spellings.includes(last));
  return invalidParameters(`${last} needs a value: ${last} ${flag?.placeholder}.`);
}
