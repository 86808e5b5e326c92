import type { E164 } from "./e164";
import { grouped } from "./grouped";

/** Successive E.164 numbers of one length, both ends included. */
export interface NumberRun {
  readonly start: string;
  readonly end: string;
}

/** A run but for some numbers in it, in order. */
export interface NumberSpan extends NumberRun {
  readonly without?: readonly string[];
}

/** A run as it was asked for. */
export interface NumberRange extends NumberRun {
  readonly count: number;
}

/** The range from `start` to `end`, or a sentence on why the two make none. */
export function numberRange(start: E164, end: E164): NumberRange | string {
  if (start.number.length !== end.number.length) {
    return `${start.number} and ${end.number} differ in length.`;
  }
  if (start.callingCode !== end.callingCode) {
    return `${start.number} and ${end.number} have different lead-ins: +${start.callingCode} and +${end.callingCode}.`;
  }
  const count = countOf({ start: start.number, end: end.number });
  if (count < 2) return `The start ${start.number} is not below the end ${end.number}.`;
  return { start: start.number, end: end.number, count };
}

/** How many numbers a run has. */
export const countOf = ({ start, end }: NumberRun) => digits(end) - digits(start) + 1;

/** How many numbers runs have between them. */
export const totalOf = (runs: readonly NumberRun[]) =>
  runs.reduce((total, run) => total + countOf(run), 0);

/** One number as a run. */
export const runOf = (number: string): NumberRun => ({ start: number, end: number });

/** The number so many places behind. 15 digits are exact in a double. */
export const numberAfter = (number: string, places: number) =>
  written(digits(number) + places, number.length);

const written = (digits: number, length: number) => `+${String(digits).padStart(length - 1, "0")}`;

const digits = (number: string) => Number(number.slice(1));

/** Whether a number is the next one of the same length. */
export const follows = (number: string, next: string) =>
  next.length === number.length && digits(next) === digits(number) + 1;

/** Successive numbers as ranges; they come in order, a batch at a time. */
export function runsIn(batches: AsyncIterable<readonly string[]>): AsyncGenerator<NumberRange[]> {
  return grouped<string, { start: string; end: string; count: number }>(batches, {
    open: (number) => ({ ...runOf(number), count: 1 }),
    takes: (run, number) => {
      if (!follows(run.end, number)) return false;
      run.end = number;
      run.count++;
      return true;
    },
  });
}

/** Numbers gathered into runs, each once; ordered by length and digits. */
export function runsOf(numbers: Iterable<string>): NumberRun[] {
  return joined([...numbers].map(runOf));
}

/** Runs that touch or overlap, as one. */
export function joined(runs: readonly NumberRun[]): NumberRun[] {
  const all: { start: string; end: string }[] = [];
  let last = { start: "", end: "" };
  let lastEnd = Number.NaN;
  for (const run of [...runs].sort(byStart)) {
    const start = digits(run.start);
    const end = run.end === run.start ? start : digits(run.end);
    if (last.end.length === run.start.length && start <= lastEnd + 1) {
      if (end <= lastEnd) continue;
      last.end = run.end;
    } else {
      last = { ...run };
      all.push(last);
    }
    lastEnd = end;
  }
  return all;
}

/** What is left of a run without others. */
export function without(run: NumberRun, others: readonly NumberRun[]): NumberRun[] {
  const left: NumberRun[] = [];
  const [first, last] = [digits(run.start), digits(run.end)];
  const at = (value: number) => written(value, run.start.length);
  let next = first;
  for (const other of joined(others)) {
    if (other.start.length !== run.start.length) continue;
    const from = digits(other.start);
    const to = other.end === other.start ? from : digits(other.end);
    if (to < next || from > last) continue;
    if (from > next) left.push({ start: at(next), end: at(from - 1) });
    next = to + 1;
  }
  if (next <= last) left.push({ start: at(next), end: run.end });
  return left;
}

/** Which of many numbers, in order and of the runs' length, stand in each of some runs, in order. */
export function dealt<R extends NumberRun>(
  numbers: readonly string[],
  runs: readonly R[],
): [run: R, numbers: string[]][] {
  let at = 0;
  const countUntil = (isOver: (number: string) => boolean) => {
    const from = at;
    while (at < numbers.length && !isOver(numbers[at] ?? "")) at++;
    return numbers.slice(from, at);
  };
  return runs.map((run) => {
    countUntil((number) => number >= run.start);
    return [run, countUntil((number) => number > run.end)];
  });
}

/** Every number of a run, in order. */
export function* numbersOf(run: NumberRun): Generator<string> {
  const count = countOf(run);
  for (let place = 0; place < count; place++) yield numberAfter(run.start, place);
}

/** Of one length, numbers are in the order of their text. */
function byStart(a: NumberRun, b: NumberRun): number {
  return a.start.length - b.start.length || (a.start < b.start ? -1 : Number(a.start > b.start));
}
