/** `2026-11-22T13:03:10Z`: the same wherever it is read. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
