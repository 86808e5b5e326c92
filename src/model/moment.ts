import { parseDuration } from "./duration";

/** A time that is given as such, or from now on; seconds both, the first unix time. */
export type Moment = { readonly at: number } | { readonly after: number };

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?$/;
const UNIX = /^\d{9,11}$/;

/**
 * `2026-12-31` (when that day begins here), `2026-12-31T18:00`, unix seconds, or `90d` from now on.
 * Undefined where it is none of them.
 */
export function parseMoment(given: string): Moment | undefined {
  const text = given.trim();
  if (UNIX.test(text)) return { at: Number(text) };
  const day = DATE.exec(text);
  if (day !== null) return dayAt(Number(day[1]), Number(day[2]), Number(day[3]));
  if (DATE_TIME.test(text)) {
    const date = text.slice(0, 10);
    const at = Date.parse(text.replace(" ", "T"));
    return parseMoment(date) === undefined || Number.isNaN(at)
      ? undefined
      : { at: Math.floor(at / 1000) };
  }
  const after = parseDuration(text);
  return after === undefined ? undefined : { after };
}

/** The first second of a day here; the calendar's own days only. */
function dayAt(year: number, month: number, day: number): Moment | undefined {
  const date = new Date(year, month - 1, day);
  const real = date.getMonth() === month - 1 && date.getDate() === day;
  return real ? { at: Math.floor(date.getTime() / 1000) } : undefined;
}

/** The unix time that is meant by it, said at `now`. */
export const unixOf = (moment: Moment, now: number): number =>
  "at" in moment ? moment.at : now + moment.after;
