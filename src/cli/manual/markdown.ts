import type { Page, PageBlock, Part } from "./page";

/** A page in Markdown, its heading one of `level`: 1 is the largest. */
export function toMarkdown({ name, summary, synopsis, parts }: Page, level: number): string {
  return [
    `${"#".repeat(level)} ${title(name)}`,
    `${escaped(capital(summary))}.`,
    ...(synopsis.length === 0 || parts.some((part) => part.parts !== undefined)
      ? []
      : [fenced("text", synopsis)]),
    ...parts
      .filter((part) => part.title !== "See also")
      .flatMap((part) => {
        if (part.title === "Description") return part.blocks.map(block);
        // Commands stand right below their family.
        return part.parts === undefined
          ? below(part, level + 1)
          : part.parts.flatMap((each) => below(each, level + 1));
      }),
  ].join("\n\n");
}

/** What is a page of the manual, `hermes-user(1)`, is typed as `hermes user`. */
const title = (name: string) => name.replace(/^hermes-/, "hermes ");

function below({ title, blocks }: Part, level: number): string[] {
  const heading = title.startsWith("hermes ") ? `\`${title}\`` : capital(title);
  return [`${"#".repeat(level)} ${heading}`, ...blocks.map(block)];
}

function block(content: PageBlock): string {
  if (typeof content === "string") return escaped(content);
  if ("file" in content) return fenced("toml", content.file.trimEnd().split("\n"));
  if ("examples" in content) {
    return fenced(
      "sh",
      content.examples.map(({ command, about }) =>
        about === undefined ? command : `${command}   # ${about}`,
      ),
    );
  }
  return content
    .map(([term, about]) => `- \`${title(term.replace(/\(\d\)$/, ""))}\`: ${escaped(about)}`)
    .join("\n");
}

const fenced = (language: string, lines: readonly string[]) =>
  [`\`\`\`${language}`, ...lines, "```"].join("\n");

/** Text in which nothing is Markdown, but that another document is a link. */
const escaped = (text: string) =>
  text.replace(/[\\*<`]/g, "\\$&").replace(/\bdocs\/([\w-]+\.md)/g, "[$1]($1)");

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
