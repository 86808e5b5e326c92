/** Julian day of 1970-01-01 00:00 UTC. */
const EPOCH_JULIAN_DAY = 2440587.5;
const DAY = 86400;

/**
 * A time as Kamailio stores it → unix seconds, 0 for a permanent contact, undefined where it is no time.
 * db_mysql writes DATETIME in Kamailio's own local time, db_sqlite a Julian day in UTC that lies
 * half a second low; time 0, in whichever zone, is a contact that never expires.
 */
export function kamailioTime(stored: unknown): number | undefined {
  const seconds = typeof stored === "number" ? fromNumber(stored) : fromText(String(stored));
  if (seconds === undefined || Number.isNaN(seconds)) return undefined;
  return seconds < DAY ? 0 : seconds;
}

function fromNumber(stored: number): number {
  // Newer Kamailios can keep unix seconds; no Julian day is that large.
  if (stored > 1e8) return Math.round(stored);
  return Math.round((stored - EPOCH_JULIAN_DAY) * DAY + 0.5);
}

function fromText(stored: string): number | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(stored);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map(Number);
  return Math.floor(new Date(year, month - 1, day, hour, minute, second).getTime() / 1000);
}
