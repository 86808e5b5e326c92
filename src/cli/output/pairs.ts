import type { Cell } from "./cell";
import type { Paint } from "./color";
import { type Field, label } from "./label";
import { padded, widthOf } from "./width";

const GAP = 2;

/** A field and what is shown for it. */
export type Pair = readonly [field: Pick<Field, "name" | "answer">, cell: Cell];

/** Lines of label and value, the values under each other. */
export function pairLines(pairs: readonly Pair[], paint: Paint): string {
  const labels = pairs.map(([field]) => label(field));
  const width = Math.max(0, ...labels.map(widthOf)) + GAP;
  return pairs
    .map(([, { text, faint }], index) => {
      const name = labels[index] ?? "";
      return `${paint.dim(padded(name, width))}${faint ? paint.dim(text) : text}\n`;
    })
    .join("");
}
