import { WORD_MAX } from "../../model/limits";
import { invalidParameters } from "../../params/param";

/** What Node puts in the place of bytes that are no UTF-8. */
const REPLACEMENT = "\uFFFD";

/** Refuses words of a command line that are too long, or were altered on their way here. */
export function checkWords(argv: readonly string[]): void {
  for (const [index, word] of argv.entries()) {
    const wrong = (why: string) =>
      invalidParameters(`Word ${index + 1} behind hermes ${why}, so it is not taken.`);
    if (word.length > WORD_MAX) throw wrong(`is longer than ${WORD_MAX} characters`);
    if (word.includes(REPLACEMENT)) throw wrong("is not UTF-8");
  }
}

/** A country calling code alone, and groups of digits as they are written behind one. */
const CODE = /^\+\d{1,3}$/;
const GROUP = /^\(?\d[\d().-]*$/;

/** `+47 12 34 50 00`, pasted as it is shown, is one word: a calling code alone is no number. */
export function withNumbersJoined(argv: readonly string[]): string[] {
  const words: string[] = [];
  let open = false;
  for (const word of argv) {
    if (open && GROUP.test(word)) words.push(`${words.pop()}${word}`);
    else words.push(word);
    open = CODE.test(word) || (open && GROUP.test(word));
  }
  return words;
}
