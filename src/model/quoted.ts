/** Enough to know one's own typing by. */
const SHOWN = 60;

/** Text from outside as a sentence can carry it: in quotes, cut short, control characters escaped. */
export function quoted(text: string): string {
  return JSON.stringify(cut(text));
}

/** Text of at most 60 characters, `…` where there was more. */
export const cut = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text);
