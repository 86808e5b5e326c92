import { closest } from "../model/closest";
import { cut } from "../model/quoted";
import { invalid, type Refusal } from "../model/refusal";
import { invalidParameters } from "../params/param";
import { commandsOf, type Family, type Flag, find, type Grammar } from "./grammar";
import { THINGS, VERBS } from "./synonyms";

/** Words that lead to no command, and the command that was probably meant. */
export function unknownCommand(grammar: Grammar, words: readonly string[]): Refusal {
  const { family } = find(grammar, words);
  const asked = words.slice(0, family === undefined ? 1 : 2).join(" ");
  const guess = suggestion(grammar, words);
  const hint =
    guess === undefined
      ? `See: hermes${family === undefined ? "" : ` ${family.name}`} --help`
      : `Did you mean: hermes ${guess}?`;
  return invalid("node", `There is no command hermes ${cut(asked)}. ${hint}`);
}

/** A line that ends before it has named a command; it may stand there as a flag, `hermes user --list`. */
export function missingCommand(family: Family | undefined, flag = ""): Refusal {
  if (family === undefined) return invalid("node", "No command is given. See: hermes --help");
  const guess = commandLike(family, flag.replace(/^-+|=.*$/gs, ""));
  if (guess !== undefined) {
    return invalid("node", `hermes ${family.name} needs a command. Did you mean: hermes ${guess}?`);
  }
  const known = family.commands.map(({ path }) => path.join(" ")).join(", ");
  return invalid("node", `hermes ${family.name} needs a command: ${known}.`);
}

/** A flag that neither the command nor every command has. */
export function unknownFlag(
  typed: string,
  flags: readonly Flag[],
  path: readonly string[] = [],
): Refusal {
  // What stands behind the sign may be a secret.
  const name = cut(typed.replace(/=.*$/s, ""));
  if (flags.some(({ spellings }) => spellings.includes(name))) {
    return invalidParameters(`${name} takes no value.`);
  }
  const guess = closest(
    name,
    flags.map(({ spellings }) => spellings[0]),
  );
  const hint =
    guess === undefined
      ? `See: ${["hermes", ...path, "--help"].join(" ")}`
      : `Did you mean ${guess}?`;
  return invalidParameters(`Unknown flag ${name}. ${hint}`);
}

/** The command, or else the family or the topic, that words are a slip of or another name for. */
function suggestion(grammar: Grammar, [first = "", second = ""]: readonly string[]) {
  const { family } = find(grammar, [first]);
  if (family !== undefined) return commandLike(family, second) ?? named(grammar, second);
  // The API's own form, `user/get`, and the other way round, `list users`.
  const turned = familyLike(grammar, second);
  const whole = find(grammar, first.split("/")).command?.path.join(" ");
  const exact = whole ?? (turned && commandLike(turned, first)) ?? named(grammar, first);
  if (exact !== undefined) return exact;
  const near = familyLike(grammar, first);
  if (near !== undefined) return commandLike(near, second) ?? near.name;
  // kamctl has the verbs of its users without a family: `kamctl passwd`.
  const users = familyLike(grammar, "user");
  if (VERBS.has(first) && users) return commandLike(users, first);
  const topic = closest(
    first,
    grammar.topics.map(({ name }) => name),
  );
  return topic && `help ${topic}`;
}

function familyLike({ families }: Grammar, word: string): Family | undefined {
  const names = families.map(({ name }) => name);
  const name = THINGS.get(word)?.[0] ?? closest(word, names);
  return families.find((family) => family.name === name);
}

/** The family's command that is spelled or called so, or nearly so. */
function commandLike({ commands, name, alone }: Family, word: string): string | undefined {
  if (alone || word === "") return undefined;
  const names = commands.map(({ path }) => path[1] ?? "");
  const plain = word.replaceAll("_", "-");
  const called = (verb = "") => VERBS.get(verb)?.find((meant) => names.includes(meant));
  const like = names.includes(plain)
    ? plain
    : (called(plain) ?? closest(plain, names) ?? called(closest(plain, [...VERBS.keys()])));
  return like === undefined ? undefined : `${name} ${like}`;
}

/** The command of whatever family that has this very name. */
function named(grammar: Grammar, word: string): string | undefined {
  const plain = word.replaceAll("_", "-");
  const command = commandsOf(grammar).find(({ path }) => path[1] === plain);
  return command?.path.join(" ");
}
