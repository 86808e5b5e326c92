import { closest } from "../model/closest";

/** What to say of a name that isn't there: what was most likely meant, or all that there are. */
export function hint(name: string, known: readonly string[]): string {
  const guess = closest(name.slice(0, 64), known);
  return guess === undefined ? `Known: ${known.join(", ")}.` : `Did you mean ${guess}?`;
}
