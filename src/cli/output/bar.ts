import type { Lines } from "./lines";

const WIDTH = 10;

/** A part of a whole as a bar. What is something shows, and what is not all is not full. */
export function bar(part: unknown, whole: unknown, lines: Lines): string {
  const [some, all] = [Number(part), Number(whole)];
  const share = all > 0 ? Math.round((some / all) * WIDTH) : 0;
  const full = some <= 0 ? 0 : some >= all ? WIDTH : Math.min(WIDTH - 1, Math.max(1, share));
  return lines.full.repeat(full) + lines.empty.repeat(WIDTH - full);
}
