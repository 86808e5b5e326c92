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
