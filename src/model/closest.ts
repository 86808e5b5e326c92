/**
 * The known word that `word` is most likely a slip of, or undefined where none is near. Only words of
 * about its length are looked at, so a word of any length costs next to nothing.
 */
export function closest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const begun = candidate.startsWith(word) && word.length > 2 && best === undefined;
    // No distance is less than the difference in length.
    if (!begun && Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance < least || begun) {
      best = candidate;
      least = Math.min(least, distance);
    }
  }
  return best;
}

/** What to say of a name that isn't there: what was most likely meant, or all that there are. */
export function hint(name: string, known: readonly string[]): string {
  const guess = closest(name, known);
  return guess === undefined ? `Known: ${known.join(", ")}.` : `Did you mean ${guess}?`;
}

/** Levenshtein's distance, a swap of neighbours counted once. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= a.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let distance = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + cost,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, at(row - 2, column - 2) + 1);
      }
      rows[row]?.push(distance);
    }
  }
  return at(a.length, b.length);
}
