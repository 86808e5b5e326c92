import type { Cell } from "./cell";
import type { Paint } from "./color";
import { type Field, label } from "./label";
import { padded, widthOf } from "./width";
import { wrapWords } from "./wrap";

const GAP = 2;

/** A field and what is shown for it. */
export type Pair = readonly [field: Pick<Field, "name" | "answer">, cell: Cell];

/**
 * Lines of label and value, the values under each other. Where the terminal has so many `columns`,
 * words that are too many go on below; a word that is too long stays whole, as it may be copied.
 */
export function pairLines(pairs: readonly Pair[], paint: Paint, columns?: number): string {
  const labels = pairs.map(([field]) => label(field));
  const width = Math.max(0, ...labels.map(widthOf)) + GAP;
  return pairs
    .map(([, { text, faint }], index) => {
      const name = labels[index] ?? "";
      const lines = columns === undefined ? [text] : wrapWords(text, columns - width);
      const [first = "", ...others] = lines.map((line) => (faint ? paint.dim(line) : line));
      const below = others.map((line) => `${" ".repeat(width)}${line}\n`);
      return `${paint.dim(padded(name, width))}${first}\n${below.join("")}`;
    })
    .join("");
}
