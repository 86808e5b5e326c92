import { toldOf } from "../../answers/told";
import {
  type CommandGrammar,
  type Family,
  type Grammar,
  type Row,
  SECTIONS,
  typedFlags,
} from "../grammar";
import { conditions, flagRows, told, usage } from "../help/words";
import { CONFIG_PAGE, CONFIG_TOPIC, configurationPage } from "./configuration";
import type { Page, PageBlock, Part } from "./page";

/** The whole manual: hermes(1), a page for each family of commands, and hermes-config(5). */
export function manual(grammar: Grammar): Page[] {
  return [
    ofProgram(grammar),
    ...grammar.families.map(ofFamily),
    ...grammar.topics.filter(({ name }) => name === CONFIG_TOPIC).map(configurationPage),
  ];
}

/** `hermes-user(1)`. */
export const reference = ({ name, section }: Pick<Page, "name" | "section">) =>
  `${name}(${section})`;

function ofProgram({ summary, families, flags, topics }: Grammar): Page {
  const listed = SECTIONS.map((section): Part => {
    const those = families.filter((family) => family.section === section);
    return {
      title: section,
      blocks: [those.map((each): Row => [reference(page(each)), each.summary])],
    };
  });
  return {
    name: "hermes",
    section: 1,
    summary: "administration of a Kamailio site's accounts, numbers and phones",
    synopsis: ["hermes <command> [arguments] [flags]", "hermes help [command or topic]"],
    parts: [
      { title: "Description", blocks: [summary] },
      ...listed,
      { title: "Flags of every command", blocks: [flagRows(flags)] },
      ...topics
        .filter(({ name }) => name !== CONFIG_TOPIC)
        .map(({ name, summary, body }): Part => {
          return { title: name.replaceAll("-", " "), blocks: [`${summary}.`, ...body()] };
        }),
      { title: "See also", blocks: [`${CONFIG_PAGE}(5)`] },
    ],
  };
}

const page = ({ name }: Family) => ({ name: `hermes-${name}`, section: 1 }) as const;

function ofFamily(family: Family): Page {
  const { name, summary, commands, alone } = family;
  return {
    ...page(family),
    summary,
    synopsis: commands.map(typed),
    parts: [
      ...(alone
        ? commands.flatMap(({ ...command }) => [
            { title: "Description", blocks: [told(command)] },
            ...details(command),
          ])
        : [
            {
              title: "Commands",
              blocks: [],
              parts: commands.map((command): Part => {
                return { title: typed(command), blocks: blocksOf(command) };
              }),
            },
          ]),
      {
        title: "See also",
        blocks: [name === "config" ? `hermes(1), ${CONFIG_PAGE}(5)` : "hermes(1)"],
      },
    ],
  };
}

const typed = (command: CommandGrammar) => `hermes ${command.path.join(" ")} ${usage(command)}`;

/** A command that has a page to itself, heading by heading. */
function details(command: CommandGrammar): Part[] {
  const { answers, examples } = command;
  const part = (title: string, ...blocks: readonly PageBlock[]): Part[] =>
    blocks.length === 0 ? [] : [{ title, blocks }];
  return [
    ...part("Flags", ...rows(flagRows(typedFlags(command))), ...conditions(command)),
    ...part("Answers with --json", ...rows(answerRows(answers))),
    ...part("Examples", { examples }),
  ];
}

/** A command among others, all below its own heading. */
function blocksOf(command: CommandGrammar): PageBlock[] {
  const { answers, examples } = command;
  const fields = rows(answerRows(answers));
  return [
    told(command),
    ...rows(flagRows(typedFlags(command))),
    ...conditions(command),
    ...(fields.length === 0 ? [] : ["Answers with --json:", ...fields]),
    { examples },
  ];
}

const rows = (listed: readonly Row[]) => (listed.length === 0 ? [] : [listed]);

const answerRows = (answers: CommandGrammar["answers"]): Row[] =>
  Object.entries(answers).map(([name, answer]) => [name, toldOf(answer)]);
