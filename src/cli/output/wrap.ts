import { widthOf } from "./width";

/** Lines of at most `width` columns, broken between words, and within a word only where it is too long itself. */
export function wrap(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = chop(word, width);
    line = pieces.pop() ?? "";
    for (const piece of pieces) lines.push(piece);
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** The same, where no word has to be broken; else the text as it is. */
export function wrapWords(text: string, width: number): string[] {
  return text.split(" ").every((word) => widthOf(word) <= width) ? wrap(text, width) : [text];
}

/** Pieces of at most `width` columns; what is one character to the eye stays one. */
function chop(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (piece !== "" && widthOf(piece + segment) > width) {
      pieces.push(piece);
      piece = "";
    }
    piece += segment;
  }
  return [...pieces, piece];
}
