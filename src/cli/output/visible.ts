// Controls (C0, DEL, C1), line separators and marks that turn the direction of writing: in a
// terminal they move the cursor, rewrite what was said or hide it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is made visible
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const ALL_UNSEEN = new RegExp(UNSEEN, "g");

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text from elsewhere as it may reach a terminal: control characters are written out (`\x1b`). */
export function visible(text: string): string {
  return UNSEEN.test(text) ? text.replace(ALL_UNSEEN, escaped) : text;
}

/** Lines of text from elsewhere as they may reach a terminal. */
export const visibleLines = (text: string): string => text.split("\n").map(visible).join("\n");

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16);
  return (
    SHORT[character] ?? (code < 256 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`)
  );
}
