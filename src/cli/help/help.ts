import type { Refusal } from "../../model/refusal";
import type { Example } from "../../nodes/node";
import {
  type Block,
  type CommandGrammar,
  type Family,
  find,
  type Grammar,
  type Row,
  SECTIONS,
  type Topic,
  typedFlags,
} from "../grammar";
import { unknownCommand } from "../unknown";
import { paragraph, shellLines, table } from "./layout";
import { conditions, flagRows, told, usage } from "./words";

/** The text about a command, a family, a topic, or about everything; a Refusal where there is no such thing. */
export function help(
  grammar: Grammar,
  about: readonly string[],
  columns: number,
): string | Refusal {
  const lines = helpLines(grammar, about, columns);
  return Array.isArray(lines) ? `${lines.join("\n").trimEnd()}\n` : lines;
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
  const texts = [
    ...(family !== undefined && rest.length === 0 ? [ofFamily(family, columns)] : []),
    ...(topic !== undefined && about.length === 1 ? [ofTopic(topic, columns)] : []),
  ];
  if (texts.length > 0)
    return texts.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
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
    ...section("Flags of every command", table(flagRows(flags), columns)),
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
  const { path, answers, examples } = command;
  const fields = Object.keys(answers);
  return [
    ...paragraph(`Usage: hermes ${path.join(" ")} ${usage(command)}`, columns, "  "),
    "",
    ...paragraph(told(command), columns),
    ...section("Flags", table(flagRows(typedFlags(command)), columns)),
    ...together(conditions(command).flatMap((each) => paragraph(each, columns, "  "))),
    ...section(
      examples.length === 1 ? "Example" : "Examples",
      examples.flatMap((example) => exampleLines(example, columns)),
    ),
    "",
    ...(fields.length === 0
      ? []
      : paragraph(`Answers with --json: ${fields.join(", ")}`, columns, "  ")),
    ...(listFlag(command) ? ["More of lists: hermes help output"] : []),
    GLOBAL,
  ];
}

const listFlag = ({ params }: CommandGrammar) => "output" in params;

function ofTopic({ summary, body }: Topic, columns: number): string[] {
  return [
    ...paragraph(`${summary}.`, columns),
    ...body().flatMap((block) => ["", ...blockLines(block, columns)]),
  ];
}

function blockLines(block: Block, columns: number): string[] {
  if (typeof block === "string") return paragraph(block, columns);
  if ("examples" in block) return block.examples.flatMap((each) => exampleLines(each, columns));
  return table(block, columns);
}

const GLOBAL = "Flags of every command: hermes --help";

/** Lines that stand apart, where there are any. */
const together = (lines: readonly string[]) => (lines.length === 0 ? [] : ["", ...lines]);

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ["", `${title}:`, ...lines];

function exampleLines({ command, about }: Example, columns: number): string[] {
  const lines = shellLines(command, columns);
  if (about === undefined) return lines;
  const whole = `${lines[0]}   # ${about}`;
  return lines.length === 1 && whole.length <= columns ? [whole] : [`  # ${about}`, ...lines];
}
