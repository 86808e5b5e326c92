const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** A hundred years: what is longer is a slip of the finger. */
const LONGEST = 36_525 * 86_400;

/** `90d`, `12h`, `0d` → seconds: a whole number of s, m (minutes), h, d or w. Undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  const [, count = "", unit = ""] = /^(\d{1,10})\s?([smhdw])$/i.exec(text.trim()) ?? [];
  const seconds = Number(count) * (SECONDS[unit.toLowerCase()] ?? Number.NaN);
  return seconds <= LONGEST ? seconds : undefined;
}

/** 7776000 → `90d`: in the largest unit that it is a whole number of, days at most. */
export function formatDuration(seconds: number): string {
  const unit = ["d", "h", "m"].find((name) => seconds % (SECONDS[name] ?? 1) === 0) ?? "s";
  return `${seconds / (SECONDS[unit] ?? 1)}${unit}`;
}
