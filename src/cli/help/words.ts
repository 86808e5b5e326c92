import { sentence } from "../../params/relations";
import { type CommandGrammar, type Flag, flagsOf, type Row, wordsOf } from "../grammar";

/** `<user> --displayname TEXT [flags]`: what the command needs, behind its name. */
export function usage({ params }: Pick<CommandGrammar, "params">): string {
  const words = wordsOf(params).map(({ shown, required }) =>
    required ? `<${shown}>` : `[${shown}]`,
  );
  const needed = flagsOf(params).filter(({ required }) => required);
  return [...words, ...needed.map(typed), "[flags]"].join(" ");
}

/** What the command does, in a sentence or a few. */
export const told = ({ summary, description }: CommandGrammar): string =>
  description === undefined ? `${summary}.` : `${summary}. ${description}`;

/** What holds between its flags, a sentence each. */
export const conditions = ({ relations, params }: CommandGrammar): string[] =>
  relations.map((each) => sentence(each, params));

/** Flags and what they are for. */
export const flagRows = (flags: readonly Flag[]): Row[] =>
  flags.map((flag) => [term(flag), explained(flag)]);

/** `-y, --yes`, `--r-port PORT`. */
function term(flag: Flag): string {
  const letter = flag.spellings.find((spelling) => /^-\w$/.test(spelling));
  return letter === undefined ? typed(flag) : `${letter}, ${typed(flag)}`;
}

const typed = ({ spellings, placeholder }: Flag) =>
  placeholder === undefined ? spellings[0] : `${spellings[0]} ${placeholder}`;

const explained = ({ about, choices }: Flag) =>
  choices === undefined ? about : `${about}: ${choices.join(", ")}`;
