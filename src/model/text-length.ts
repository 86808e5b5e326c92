/** Whether text has more than `max` characters as a database column counts them: Unicode code points. */
export function isLongerThan(text: string, max: number): boolean {
  if (text.length <= max) return false;
  // No character takes more than two UTF-16 units.
  if (text.length > 2 * max) return true;
  let count = 0;
  for (const _ of text) count++;
  return count > max;
}
