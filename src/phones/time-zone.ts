import { failed } from "../model/refusal";

/** When clocks are put forward or back, every year. */
export interface ClockChange {
  /** 1 to 12. */
  readonly month: number;
  /** The first to the fourth such weekday of the month; 5 is the last one. */
  readonly week: number;
  /** 0 is Sunday, as in POSIX. */
  readonly weekday: number;
  /** Minutes after midnight by the clock that is changed. */
  readonly minutes: number;
}

/** A time zone as phones are told of it. Offsets are minutes east of UTC. */
export interface TimeZone {
  readonly name: string;
  readonly standard: number;
  /** Null where clocks are never changed, or by no rule that a phone could be told. */
  readonly summer: {
    readonly offset: number;
    readonly start: ClockChange;
    readonly end: ClockChange;
  } | null;
}

const MINUTE = 60_000;

/** Years that must agree before something is called a rule. */
const YEARS = 8;

const known = new Map<string, TimeZone>();

/** The zone of that name in the time zone database; refuses (failed/timezone) one that is not there. */
export function timeZone(name: string, year = new Date().getUTCFullYear()): TimeZone {
  const key = `${name} ${year}`;
  const zone = known.get(key) ?? readTimeZone(name, year);
  known.set(key, zone);
  return zone;
}

/**
 * The zone as a POSIX `TZ` value (POSIX.1-2017, 8.3): `STD-1DST-2,M3.5.0/2,M10.5.0/3`.
 * The abbreviations say nothing; the time zone database has none for most zones.
 */
export function posixTimeZone({ standard, summer }: TimeZone): string {
  if (summer === null) return `STD${posixOffset(standard)}`;
  const rule = ({ month, week, weekday, minutes }: ClockChange) =>
    `M${month}.${week}.${weekday}/${hoursAndMinutes(minutes)}`;
  const offsets = `STD${posixOffset(standard)}DST${posixOffset(summer.offset)}`;
  return `${offsets},${rule(summer.start)},${rule(summer.end)}`;
}

// POSIX counts to the west.
const posixOffset = (offset: number) => hoursAndMinutes(-offset);

/** `2`, `-5:30`: the shortest form of hours and minutes. */
export function hoursAndMinutes(minutes: number): string {
  const sign = minutes < 0 ? "-" : "";
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `${sign}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

function readTimeZone(name: string, year: number): TimeZone {
  const offset = offsetReader(name);
  const years = Array.from({ length: YEARS }, (_, index) => changesOf(year + index, offset));
  const first = years[0] ?? [];
  const standard = first.length === 0 ? offset(Date.UTC(year, 0)) : Math.min(...first.map(after));
  if (first.length !== 2) return { name, standard, summer: null };
  const start = rule(years.map((changes) => changes.find(({ by }) => by > 0)));
  const end = rule(years.map((changes) => changes.find(({ by }) => by < 0)));
  if (start === undefined || end === undefined) return { name, standard, summer: null };
  return { name, standard, summer: { offset: Math.max(...first.map(after)), start, end } };
}

interface Change {
  /** Clock time just before it, as if that were UTC. */
  readonly clock: Date;
  /** Minutes. */
  readonly by: number;
  readonly to: number;
}

const after = ({ to }: Change) => to;

function changesOf(year: number, offset: (time: number) => number): Change[] {
  const changes: Change[] = [];
  for (let month = 0; month < 12; month++) {
    let low = Date.UTC(year, month);
    let high = Date.UTC(year, month + 1);
    const from = offset(low);
    const to = offset(high);
    if (from === to) continue;
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (offset(middle) === from) low = middle;
      else high = middle;
    }
    changes.push({ clock: new Date(high + from * MINUTE), by: to - from, to });
  }
  return changes;
}

/** The rule that all the years' changes follow; undefined where there is none. */
function rule(changes: readonly (Change | undefined)[]): ClockChange | undefined {
  const clocks = changes.map((change) => change?.clock);
  const of = (read: (clock: Date) => number) => {
    const values = new Set(clocks.map((clock) => (clock === undefined ? -1 : read(clock))));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const month = of((clock) => clock.getUTCMonth() + 1);
  const weekday = of((clock) => clock.getUTCDay());
  const minutes = of((clock) => clock.getUTCHours() * 60 + clock.getUTCMinutes());
  const week = of(isInLastWeek) === 1 ? 5 : of((clock) => Math.ceil(clock.getUTCDate() / 7));
  if (month === undefined || weekday === undefined || minutes === undefined) return undefined;
  return week === undefined ? undefined : { month, week, weekday, minutes };
}

function isInLastWeek(clock: Date): number {
  const later = new Date(clock.getTime() + 7 * 24 * 60 * MINUTE);
  return later.getUTCMonth() === clock.getUTCMonth() ? 0 : 1;
}

/** Reads a zone's offset at a time (milliseconds since 1970), in minutes. */
function offsetReader(name: string): (time: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en", { timeZone: name, timeZoneName: "longOffset" });
  } catch {
    throw failed("timezone", `There is no time zone ${name}. Name one as in Europe/Berlin.`);
  }
  return (time) => {
    const part = format.formatToParts(time).find(({ type }) => type === "timeZoneName");
    const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)/.exec(part?.value ?? "") ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  };
}
