import { shellLines } from "../help/layout";
import type { Page, PageBlock, Part } from "./page";

/** Examples are broken where they would not fit a terminal of 80 columns, with the page's margins. */
const EXAMPLE_COLUMNS = 68;

/** A page in the man macros (groff_man(7)), as `man` reads it; the version stands in its footer. */
export function toRoff({ name, section, summary, synopsis, parts }: Page, version: string): string {
  const lines = [
    `.TH ${quoted(name.toUpperCase())} ${section} "" ${quoted(`Hermes ${version}`)} "Hermes"`,
    ".SH NAME",
    `${escaped(name)} \\- ${escaped(summary)}`,
    ...(synopsis.length === 0 ? [] : [".SH SYNOPSIS", ".nf", ...synopsis.map(line), ".fi"]),
    ...parts.flatMap((part) => heading(".SH", part.title.toUpperCase(), part)),
  ];
  return `${lines.join("\n")}\n`;
}

function heading(macro: ".SH" | ".SS", title: string, { blocks, parts = [] }: Part): string[] {
  const lines = blocks.flatMap(block);
  return [
    `${macro} ${quoted(title)}`,
    // A heading begins a paragraph itself.
    ...(lines[0] === PARAGRAPH ? lines.slice(1) : lines),
    ...parts.flatMap((part) => heading(".SS", part.title, part)),
  ];
}

const PARAGRAPH = ".PP";

function block(content: PageBlock): string[] {
  if (typeof content === "string") return [PARAGRAPH, line(content)];
  if ("file" in content) return asTyped(content.file.trimEnd().split("\n"));
  if ("examples" in content) {
    return asTyped(
      content.examples.flatMap(({ command, about }) => [
        ...(about === undefined ? [] : [`# ${about}`]),
        ...shellLines(command, EXAMPLE_COLUMNS).map((each) => each.slice(2)),
      ]),
    );
  }
  return content.flatMap(([term, about]) => [".TP", `\\fB${escaped(term)}\\fR`, line(about)]);
}

const asTyped = (lines: readonly string[]) => [
  PARAGRAPH,
  ".RS 4",
  ".EX",
  ...lines.map(line),
  ".EE",
  ".RE",
];

const SPECIAL: Readonly<Record<string, string>> = {
  "\\": "\\e",
  "-": "\\-",
  "'": "\\(aq",
  "`": "\\(ga",
  "^": "\\(ha",
  "~": "\\(ti",
  '"': "\\(dq",
  "…": "...",
};

/** Text that means itself; what is not ASCII goes by its code point. */
const escaped = (text: string) =>
  text.replace(
    /[\\\-'`^~"]|[^\0-\x7f]/gu,
    (char) =>
      SPECIAL[char] ??
      `\\[u${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );

/** The same at the beginning of a line, where a dot would be a request. */
const line = (text: string) => escaped(text).replace(/^(?=\.)/, "\\&");

const quoted = (text: string) => `"${escaped(text)}"`;
