import { widthOf } from "./width";

/** Lines of at most `width` columns, broken between words, and within a word only where it is too long itself. */
export const wrap = (text: string, width: number): string[] =>
  lines(text, width, (word) => chop(word, width));

/** The same, where a word that is too long stays whole, as it may be copied. */
export const wrapWords = (text: string, width: number): string[] =>
  lines(text, width, (word) => [word]);

function lines(text: string, width: number, pieces: (word: string) => string[]): string[] {
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
    const broken = pieces(word);
    line = broken.pop() ?? "";
    lines.push(...broken);
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** Pieces of at most `width` columns; what is one character to the eye stays one. */
function chop(word: string, width: number): string[] {
  // A segmenter takes a millisecond to make.
  if (widthOf(word) <= width) return [word];
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
