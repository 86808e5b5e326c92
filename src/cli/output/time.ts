const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

const two = (value: number) => String(value).padStart(2, "0");

/** `2026-11-22 14:03:10 (in 5 minutes)`, in the zone of whoever looks. */
export function localTime(milliseconds: number, now: number): string {
  const at = new Date(milliseconds);
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${date} ${clock} (${distance(milliseconds - now)})`;
}

function distance(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  for (const [name, size] of UNITS) {
    const count = Math.trunc(Math.abs(seconds) / size);
    if (count === 0) continue;
    const words = `${count} ${name}${count === 1 ? "" : "s"}`;
    return seconds > 0 ? `in ${words}` : `${words} ago`;
  }
  return "now";
}
