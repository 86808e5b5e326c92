import { countOf, type NumberRun, numberAfter, numbersOf } from "../../model/number-range";

/** A run that one statement makes, but for some numbers in it. */
export interface Span extends NumberRun {
  readonly without: readonly string[];
}

/**
 * Numbers that one statement makes: bounds the time for which nothing else gets a word in. (SQLite
 * keeps the process to itself meanwhile: Ctrl-C is heard between two statements.)
 */
const MOST = 100_000;

/** Numbers that a statement may leave out: it names them. */
const HOLES = 900;

/** Below this many numbers in a row it is cheaper to name them. */
const LEAST = 500;

/**
 * How to add runs (joined and in order) with few statements: spans of successive numbers with a few
 * left out, which the server makes by itself, and what is better named number by number.
 */
export function spansOf(runs: readonly NumberRun[]): { series: Span[]; single: NumberRun[] } {
  const series: Span[] = [];
  const single: NumberRun[] = [];
  let open: { start: string; end: string; without: string[] } | undefined;
  const close = () => {
    if (open === undefined) return;
    const made = countOf(open) - open.without.length;
    if (made >= LEAST) series.push(open);
    else single.push(...runsBetween(open));
    open = undefined;
  };
  for (const run of runs.flatMap((run) => [...inPieces(run)])) {
    const gap = open === undefined ? undefined : gapBetween(open.end, run.start);
    const fits =
      open !== undefined &&
      gap !== undefined &&
      countOf({ start: open.start, end: run.end }) <= MOST &&
      open.without.length + countOf(gap) - 1 < HOLES;
    if (fits && open !== undefined && gap !== undefined) {
      if (countOf(gap) > 0) open.without.push(...numbersOf(gap));
      open.end = run.end;
    } else {
      close();
      open = { ...run, without: [] };
    }
  }
  close();
  return { series, single };
}

function* inPieces(run: NumberRun): Generator<NumberRun> {
  const count = countOf(run);
  for (let from = 0; from < count; from += MOST) {
    const last = Math.min(from + MOST, count) - 1;
    yield { start: numberAfter(run.start, from), end: numberAfter(run.start, last) };
  }
}

/** The numbers between two of one length; undefined where the lengths differ or too many are between. */
function gapBetween(end: string, start: string): NumberRun | undefined {
  if (end.length !== start.length) return undefined;
  const gap = { start: numberAfter(end, 1), end: numberAfter(start, -1) };
  return countOf(gap) <= HOLES ? gap : undefined;
}

/** What a span makes, run by run. */
function* runsBetween({ start, end, without }: Span): Generator<NumberRun> {
  let from = start;
  for (const hole of without) {
    if (hole !== from) yield { start: from, end: numberAfter(hole, -1) };
    from = numberAfter(hole, 1);
  }
  yield { start: from, end };
}
