import type { Input, Named } from "../../params/param";
import { holds } from "../../params/relations";
import { type CommandGrammar, type Flag, find, flagsOf, type Grammar } from "../grammar";

/** A word that can stand where the cursor is. */
export interface Candidate {
  readonly value: string;
  /** What a shell may show beside it. */
  readonly about?: string;
}

/** What can stand at the end of an unfinished command line. */
export interface Next {
  readonly candidates: readonly Candidate[];
  /** Things that are to be looked up; what is found stands behind `before`. */
  readonly things: readonly Named[];
  /** What is typed of the value by now. */
  readonly typed: string;
  /** What stands before the value in the same word: `--output=`, `NATIONAL,`. */
  readonly before: string;
}

/** What can stand in the place of the last of `words`, the words behind `hermes`. */
export function nextOf(grammar: Grammar, words: readonly string[]): Next {
  const typed = words.at(-1) ?? "";
  const line = read(grammar, words.slice(0, -1));
  const { command, rest } = find(grammar, line.operands);
  const flags = [...(command === undefined ? [] : flagsOf(command.params)), ...grammar.flags];
  if (line.open !== undefined) return valuesOf([line.open], typed);
  if (line.ended || !typed.startsWith("-")) return word(grammar, line, command, rest, typed);

  const [, spelling, value] = /^(--[^=]+=)(.*)$/s.exec(typed) ?? [];
  if (spelling === undefined) return only(flagsLeft(flags, line, command), typed);
  const flag = flags.find(({ spellings }) => spellings.includes(spelling.slice(0, -1)));
  return flag === undefined ? only([], typed) : valuesOf([flag], value ?? "", spelling);
}

interface Line {
  readonly operands: readonly string[];
  /** The names of flags that were given. */
  readonly given: ReadonlySet<string>;
  /** The flag whose value comes next. */
  readonly open: Flag | undefined;
  /** A `--` was passed: no flag comes any more. */
  readonly ended: boolean;
}

/** Tells flags, their values and other words apart, as far as the line goes. */
function read(grammar: Grammar, words: readonly string[]): Line {
  const operands: string[] = [];
  const given = new Set<string>();
  let open: Flag | undefined;
  let ended = false;
  for (const each of words) {
    if (open !== undefined) open = undefined;
    else if (ended || !each.startsWith("-")) operands.push(each);
    else if (each === "--") ended = true;
    else {
      const [spelling = "", value] = each.split("=", 2);
      const { command } = find(grammar, operands);
      const flag = [...grammar.flags, ...(command ? flagsOf(command.params) : [])].find(
        ({ spellings }) => spellings.includes(spelling),
      );
      if (flag === undefined) continue;
      given.add(flag.name);
      if (flag.placeholder !== undefined && value === undefined) open = flag;
    }
  }
  return { operands, given, open, ended };
}

/** A word that is no flag: a family, a command, or a value by its place. */
function word(
  grammar: Grammar,
  { operands, given }: Line,
  command: CommandGrammar | undefined,
  rest: readonly string[],
  typed: string,
): Next {
  if (command === undefined) return only(commandWords(grammar, operands), typed);
  if (command.name === "help") {
    const topics = rest.length === 0 ? grammar.topics.map(named) : [];
    return only([...commandWords(grammar, rest), ...topics], typed);
  }
  const open = openPlaces(command, given, rest).filter(({ takes }) => takes?.(typed) ?? true);
  // An optional place may as well be left empty.
  const upTo = open.findIndex(({ required, takes }) => required || takes === undefined);
  return valuesOf(
    open.slice(0, upTo + 1 || open.length).flatMap(({ input }) => input),
    typed,
  );
}

/** The places for words that are still empty. */
function openPlaces(
  { params }: CommandGrammar,
  given: ReadonlySet<string>,
  rest: readonly string[],
) {
  const open = Object.entries(params).flatMap(([key, param]) => {
    const inputs = param.inputs(key);
    const taken = inputs.some(({ name }) => given.has(name));
    return (param.positional || param.rest) && !taken
      ? [{ ...param, input: inputs.slice(0, 1) }]
      : [];
  });
  for (const each of rest) {
    const place = open.findIndex(({ takes }) => takes?.(each) ?? true);
    if (place >= 0 && !open[place]?.rest) open.splice(place, 1);
  }
  return open;
}

function commandWords({ families }: Grammar, operands: readonly string[]): Candidate[] {
  const [first] = operands;
  if (first === undefined) return families.map(named);
  const family = families.find(({ name, also }) => name === first || also === first);
  if (family === undefined || family.alone || operands.length > 1) return [];
  return family.commands.map(({ path, summary }) => named({ name: path[1] ?? "", summary }));
}

const named = ({ name, summary }: { name: string; summary: string }): Candidate => ({
  value: name,
  about: summary,
});

/** The flags that may still be given, those without which the command refuses first. */
function flagsLeft(
  flags: readonly Flag[],
  { given, operands }: Line,
  command: CommandGrammar | undefined,
): Candidate[] {
  const byPlace = new Set(
    command === undefined || operands.length <= command.path.length
      ? []
      : filledPlaces(command, given, operands.length - command.path.length),
  );
  const without = (name: string) =>
    byPlace.has(name) ||
    (command?.relations ?? []).some(
      (each) =>
        /^(exactly|atMost)One$/.test(each.kind) &&
        each.where === undefined &&
        each.names.includes(name) &&
        !holds(
          { ...each, kind: "atMostOne" },
          (other) => other === name || given.has(other) || byPlace.has(other),
        ),
    );
  return flags
    .filter(({ name, repeated }) => (repeated || !given.has(name)) && !without(name))
    .sort((one, other) => Number(other.required) - Number(one.required))
    .map(({ spellings, about }) => ({ value: spellings[0], about }));
}

/** The names of parameters that words have been given for. */
function filledPlaces(command: CommandGrammar, given: ReadonlySet<string>, words: number) {
  return Object.entries(command.params)
    .filter(
      ([key, param]) => param.positional && !param.inputs(key).some(({ name }) => given.has(name)),
    )
    .slice(0, words)
    .flatMap(([key, param]) => param.inputs(key).map(({ name }) => name));
}

/** The values of inputs, any of which may be meant. */
function valuesOf(inputs: readonly Input[], typed: string, before = ""): Next {
  const { choices, listed } = inputs.find((input) => input.choices !== undefined) ?? {};
  if (choices === undefined) {
    const things = inputs.flatMap(({ names }) => names ?? []);
    return { candidates: [], things, typed, before };
  }
  const parts = listed ? typed.split(",") : [typed];
  const last = parts.pop() ?? "";
  const earlier = parts.map((part) => `${part},`).join("");
  const taken = parts.map((part) => part.toUpperCase());
  const candidates = choices
    .filter((choice) => !taken.includes(choice.toUpperCase()))
    .map((choice) => ({ value: before + earlier + inCaseOf(last, choice) }));
  return only(candidates, before + typed);
}

/** Choices are taken in any case: the one that is typed goes on. */
const inCaseOf = (typed: string, choice: string) =>
  /[a-z]/.test(typed) && !/[A-Z]/.test(typed) ? choice.toLowerCase() : choice;

const only = (candidates: readonly Candidate[], typed: string): Next => ({
  candidates: candidates.filter(({ value }) => value.startsWith(typed)),
  things: [],
  typed,
  before: "",
});
