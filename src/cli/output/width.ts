const ASCII = /^[\x20-\x7e]*$/;
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
// East Asian wide and full-width blocks, and emoji.
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** How many columns of a terminal text takes. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Lines of at most `width` columns, broken between words, and within a word only where it is too long itself. */
export function wrap(text: string, width: number): string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
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

function chop(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let room = width;
  for (const character of word) {
    const needed = characterWidth(character);
    if (needed > room && piece !== "") {
      pieces.push(piece);
      piece = "";
      room = width;
    }
    piece += character;
    room -= needed;
  }
  return [...pieces, piece];
}

function characterWidth(character: string): number {
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
