import {
  countOf,
  joined,
  type NumberRun,
  type NumberSpan,
  numberAfter,
  numbersOf,
} from "../../model/number-range";

/** What one statement makes. */
export type Span = Required<NumberSpan>;

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
 * How to add numbers with few statements: spans of successive numbers with a few left out, which the
 * server makes by itself, and what is better named number by number.
 */
export function spansOf(spans: readonly NumberSpan[]): { series: Span[]; single: NumberRun[] } {
  const series: Span[] = [];
  const single: NumberRun[] = [];
  const keep = (span: Span) => {
    if (countOf(span) - span.without.length >= LEAST) series.push(span);
    else single.push(...runsBetween(span));
  };
  const whole = spans.filter(({ without = [] }) => without.length === 0);
  for (const span of gathered(joined(whole))) keep(span);
  for (const span of spans) {
    if (span.without !== undefined && span.without.length > 0) [...piecesOf(span)].forEach(keep);
  }
  return { series, single };
}

/** Runs, joined and in order, as spans: what is between two of them is left out, if it is little. */
function* gathered(runs: readonly NumberRun[]): Generator<Span> {
  let open: { start: string; end: string; without: string[] } | undefined;
  for (const run of runs.flatMap((run) => [...piecesOf(run)])) {
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
      if (open !== undefined) yield open;
      open = { ...run, without: [] };
    }
  }
  if (open !== undefined) yield open;
}

/** A span in pieces that are not too much for one statement. */
export function* piecesOf({ start, end, without = [] }: NumberSpan): Generator<Span> {
  let from = start;
  let hole = 0;
  for (;;) {
    let to = countOf({ start: from, end }) > MOST ? numberAfter(from, MOST - 1) : end;
    const tooMany = without[hole + HOLES];
    if (tooMany !== undefined && tooMany <= to) to = numberAfter(tooMany, -1);
    const first = hole;
    while (hole < without.length && (without[hole] ?? "") <= to) hole++;
    yield { start: from, end: to, without: without.slice(first, hole) };
    if (to === end) return;
    from = numberAfter(to, 1);
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
  if (countOf({ start: from, end }) > 0) yield { start: from, end };
}
