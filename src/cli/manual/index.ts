import { grammar } from "../commands";
import { toMarkdown } from "./markdown";
import { manual } from "./pages";
import { toRoff } from "./roff";

/** What is made of the declarations: a file's name, and what stands in it. */
export type Made = readonly [name: string, content: string];

/** The manual's pages, where `man` looks for them: `man1/hermes-user.1`. */
export const manualPages = (version: string): Made[] =>
  manual(grammar).map((page) => [
    `man${page.section}/${page.name}.${page.section}`,
    toRoff(page, version),
  ]);

const NOTE =
  "<!-- Made from the declarations in src/ by `npm run docs`: a change here would be lost. -->";

/** The same for who reads docs/: the commands in one file, the configuration in another. */
export function referenceDocs(): Made[] {
  const pages = manual(grammar);
  const commands = pages.filter(({ section }) => section === 1);
  const files = pages.filter(({ section }) => section === 5);
  return [
    ["commands.md", document(commands.map((page, index) => toMarkdown(page, index === 0 ? 1 : 2)))],
    ["configuration.md", document(files.map((page) => toMarkdown(page, 1)))],
  ];
}

const document = (parts: readonly string[]) => `${[NOTE, ...parts].join("\n\n")}\n`;
