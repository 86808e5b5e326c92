// The same as cli-table3 has, so that it finds nothing to cut.
import stringWidth from "string-width";

/** The columns of a terminal that a text takes: the one measure of all that is laid out. */
export const widthOf = (text: string): number => stringWidth(text);

/** The text with blanks behind it, up to a width. */
export const padded = (text: string, width: number): string =>
  text + " ".repeat(Math.max(0, width - widthOf(text)));
