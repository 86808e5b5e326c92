import type { Refusal } from "../model/refusal";
import { invalidParameters } from "../params/param";

/** 'single', "double", \x, or characters that mean nothing to a shell. */
const PIECE = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\|&;<>()`$]+)/sy;

/**
 * The words of a command line that ssh has handed over, as a POSIX shell parts them. Nothing is
 * expanded and nothing is run: what a shell would run, redirect or expand is refused.
 */
export function shellWords(line: string): string[] | Refusal {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < line.length) {
    const blank = /\s+/y;
    blank.lastIndex = at;
    if (blank.test(line)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at = blank.lastIndex;
      continue;
    }
    PIECE.lastIndex = at;
    const piece = PIECE.exec(line);
    if (piece === null) return invalidParameters(refusal(line[at] ?? ""));
    const [whole, single, double, escaped, plain] = piece;
    word = (word ?? "") + (single ?? double?.replace(/\\([$`"\\])/g, "$1") ?? escaped ?? plain);
    at += whole.length;
  }
  return word === undefined ? words : [...words, word];
}

const refusal = (sign: string) =>
  /['"\\]/.test(sign)
    ? `A ${sign} in the command has no end.`
    : `No shell reads the command, so a ${sign} in it must stand in quotes.`;
