import type { Refusal } from "../../model/refusal";
import type { Example } from "../../nodes/node";
import { sentence } from "../../params/relations";
import {
  type CommandGrammar,
  type Family,
  type Flag,
  find,
  flagsOf,
  type Grammar,
  type Row,
  SECTIONS,
  type Topic,
  wordsOf,
} from "../grammar";
import { unknownCommand } from "../unknown";
import { paragraph, shellLines, table } from "./layout";

/** The text about a command, a family, a topic, or about everything; a Refusal where there is no such thing. */
export function help(
  grammar: Grammar,
  about: readonly string[],
  columns: number,
): string | Refusal {
  const lines = helpLines(grammar, about, columns);
  return Array.isArray(lines) ? `${lines.join("\n").trimEnd()}\n` : lines;
}

/** `<user> --displayname TEXT [flags]`: what the command needs, behind its name. */
export function usage({ params }: Pick<CommandGrammar, "params">): string {
  const words = wordsOf(params).map(({ shown, required }) =>
    required ? `<${shown}>` : `[${shown}]`,
  );
  const needed = flagsOf(params).filter(({ required }) => required);
  return [...words, ...needed.map(typed), "[flags]"].join(" ");
}

function helpLines(
  grammar: Grammar,
  about: readonly string[],
  columns: number,
): string[] | Refusal {
  if (about.length === 0) return ofProgram(grammar, columns);
  const { family, command, rest } = find(grammar, about);
  if (command !== undefined) return ofCommand(command, columns);
  const topic = grammar.topics.find(({ name }) => name === about[0]);
  if (family !== undefined && rest.length === 0) return ofFamily(family, columns);
  if (topic !== undefined) return ofTopic(topic, columns);
  return unknownCommand(grammar, about);
}

function ofProgram({ summary, families, flags, topics }: Grammar, columns: number): string[] {
  const listed = (rows: readonly { name: string; summary: string }[]) =>
    table(
      rows.map((row): Row => [row.name, row.summary]),
      columns,
    );
  return [
    ...paragraph("Usage: hermes <command> [arguments] [flags]", columns, "  "),
    "",
    ...paragraph(summary, columns),
    ...SECTIONS.flatMap((title) =>
      section(title, listed(families.filter((family) => family.section === title))),
    ),
    ...section("Flags of every command", flagTable(flags, columns)),
    ...section("Topics", listed(topics)),
    "",
    ...paragraph("More: hermes help COMMAND, hermes help TOPIC", columns),
  ];
}

function ofFamily({ name, summary, commands }: Family, columns: number): string[] {
  const rows = commands.map((command): Row => [command.path[1] ?? "", command.summary]);
  return [
    ...paragraph(`Usage: hermes ${name} <command> [arguments] [flags]`, columns, "  "),
    "",
    ...paragraph(`${summary}.`, columns),
    ...section("Commands", table(rows, columns)),
    "",
    ...paragraph(`More: hermes help ${name} COMMAND`, columns),
    GLOBAL,
  ];
}

function ofCommand(command: CommandGrammar, columns: number): string[] {
  const { path, summary, description, params, relations, answers, examples } = command;
  const fields = Object.keys(answers);
  return [
    ...paragraph(`Usage: hermes ${path.join(" ")} ${usage(command)}`, columns, "  "),
    "",
    ...paragraph(description === undefined ? `${summary}.` : `${summary}. ${description}`, columns),
    ...section("Flags", flagTable(flagsOf(params), columns)),
    ...together(relations.flatMap((each) => paragraph(sentence(each, params), columns, "  "))),
    ...section(
      examples.length === 1 ? "Example" : "Examples",
      examples.flatMap((example) => exampleLines(example, columns)),
    ),
    "",
    ...(fields.length === 0
      ? []
      : paragraph(`Answers with --json: ${fields.join(", ")}`, columns, "  ")),
    GLOBAL,
  ];
}

function ofTopic({ summary, body }: Topic, columns: number): string[] {
  return [
    ...paragraph(`${summary}.`, columns),
    ...body().flatMap((part) => [
      "",
      ...(typeof part === "string" ? paragraph(part, columns) : table(part, columns)),
    ]),
  ];
}

const GLOBAL = "Flags of every command: hermes --help";

/** Lines that stand apart, where there are any. */
const together = (lines: readonly string[]) => (lines.length === 0 ? [] : ["", ...lines]);

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ["", `${title}:`, ...lines];

function flagTable(flags: readonly Flag[], columns: number): string[] {
  return table(
    flags.map((flag): Row => [term(flag), explained(flag)]),
    columns,
  );
}

/** `-y, --yes`, `--r-port PORT`. */
function term(flag: Flag): string {
  const letter = flag.spellings.find((spelling) => /^-\w$/.test(spelling));
  return letter === undefined ? typed(flag) : `${letter}, ${typed(flag)}`;
}

const typed = ({ spellings, placeholder }: Flag) =>
  placeholder === undefined ? spellings[0] : `${spellings[0]} ${placeholder}`;

const explained = ({ about, choices }: Flag) =>
  choices === undefined ? about : `${about}: ${choices.join(", ")}`;

function exampleLines({ command, about }: Example, columns: number): string[] {
  const lines = shellLines(command, columns);
  if (about === undefined) return lines;
  const whole = `${lines[0]}   # ${about}`;
  return lines.length === 1 && whole.length <= columns ? [whole] : [`  # ${about}`, ...lines];
}
