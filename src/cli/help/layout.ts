import stringWidth from "string-width";
import type { Row } from "../grammar";
import { wrap } from "../output/wrap";

/** Narrower than this nothing can be read anyway. */
const NARROWEST = 20;

/** A term that is longer has its explanation on the next line. */
const TERM_MOST = 30;

const INDENT = "  ";

/** Lines of text, those after the first indented. */
export function paragraph(text: string, columns: number, hanging = ""): string[] {
  const width = Math.max(NARROWEST, columns) - hanging.length;
  return wrap(text, width).map((line, index) => (index === 0 ? line : hanging + line));
}

/** Terms and their explanations, side by side where there is room for that, else one below the other. */
export function table(rows: readonly Row[], columns: number): string[] {
  const fitting = rows.map(([term]) => stringWidth(term)).filter((width) => width <= TERM_MOST);
  const side = INDENT.length + Math.max(...fitting, 0) + INDENT.length;
  const beside = columns >= 2 * side;
  const indent = " ".repeat(beside ? side : 3 * INDENT.length);
  return rows.flatMap(([term, about]) => {
    const head = INDENT + term;
    const lines = wrap(about, Math.max(NARROWEST, columns - indent.length));
    const [first = "", ...others] = lines;
    const below = lines.map((line) => indent + line);
    const fits = beside && stringWidth(head) + INDENT.length <= side;
    return fits
      ? [head.padEnd(side) + first, ...others.map((line) => indent + line)]
      : [...paragraph(head, columns, indent), ...below];
  });
}

/** A shell's word; a flag and its value are kept together. */
const WORD = /(--?[\w-]+ (?=[^-\s|<>]))?('[^']*'|"[^"]*"|\S)+/g;

const CONTINUED = " \\";

/** A command as a shell takes it, over several lines where it is too long for one. */
export function shellLines(command: string, columns: number): string[] {
  const lines: string[] = [];
  let line = INDENT.slice(1);
  for (const word of command.match(WORD) ?? []) {
    const longer = `${line} ${word}`;
    if (longer.length + CONTINUED.length <= columns || line.trim() === "") {
      line = longer;
    } else {
      lines.push(line + CONTINUED);
      line = `${INDENT}${INDENT}${word}`;
    }
  }
  return [...lines, line];
}
