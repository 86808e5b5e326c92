import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  countOf,
  dealt,
  joined,
  type NumberRun,
  numberAfter,
  numbersOf,
  runsOf,
  without,
} from "../../src/model/number-range";
import { piecesOf, spansOf } from "../../src/store/provisioning/spans";

const FIRST = "+4712345000";
const place = fc.integer({ min: 0, max: 300 });
const numbers = fc.uniqueArray(place).map((places) => places.map((n) => numberAfter(FIRST, n)));
const run = fc.tuple(place, fc.integer({ min: 0, max: 40 })).map(([from, size]): NumberRun => {
  return { start: numberAfter(FIRST, from), end: numberAfter(FIRST, from + size) };
});

const all = (runs: Iterable<NumberRun>) => [...runs].flatMap((each) => [...numbersOf(each)]);

describe("runs of numbers", () => {
  test("hold the numbers that they were made of, each once and in order", () => {
    fc.assert(
      fc.property(numbers, (given) => {
        expect(all(runsOf(given))).toEqual([...given].sort());
      }),
    );
  });

  test("that touch or overlap are one", () => {
    fc.assert(
      fc.property(fc.array(run), (runs) => {
        const one = joined(runs);
        expect(all(one)).toEqual([...new Set(all(runs))].sort());
        one.slice(1).forEach((next, index) => {
          const gap = countOf({ start: one[index]?.end ?? "", end: next.start });
          expect(gap).toBeGreaterThan(2);
        });
      }),
    );
  });

  test("without others are what is left", () => {
    fc.assert(
      fc.property(run, fc.array(run), (from, others) => {
        const gone = new Set(all(others));
        expect(all(without(from, others))).toEqual(all([from]).filter((n) => !gone.has(n)));
      }),
    );
  });

  test("are added by statements that between them make exactly their numbers", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(200_000), fc.integer({ min: 0, max: 3000 })), { maxLength: 60 }),
        (given) => {
          const runs = joined(
            given.map(([from, size]) => ({
              start: numberAfter(FIRST, from),
              end: numberAfter(FIRST, from + size),
            })),
          );
          const { series, single } = spansOf(runs);
          const made = [
            ...all(single),
            ...series.flatMap((span) => all([span]).filter((n) => !span.without.includes(n))),
          ];
          expect(made.sort()).toEqual(all(runs).sort());
        },
      ),
      { numRuns: 30 },
    );
  });

  test("with gaps in them are cut into statements that make and take exactly their numbers", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 150_000 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(2000),
        (size, step, first) => {
          const run = { start: FIRST, end: numberAfter(FIRST, size - 1) };
          const numbers = all([run]);
          const gaps = new Set(numbers.filter((_, at) => at >= first && at % step === 0));
          const expected = numbers.filter((number) => !gaps.has(number));
          const without = [...gaps];
          const pieces = [...piecesOf({ ...run, without })];
          expect(pieces.every((piece) => piece.without.length <= 900)).toBe(true);
          const made = ({ series, single }: ReturnType<typeof spansOf>) =>
            [
              ...all(single),
              ...series.flatMap((span) => {
                const left = new Set(span.without);
                return all([span]).filter((number) => !left.has(number));
              }),
            ].sort();
          expect(made({ series: pieces, single: [] })).toEqual(expected);
          expect(made(spansOf([{ ...run, without }]))).toEqual(expected);
          const dealtOut = dealt([...gaps], [run]);
          expect(dealtOut).toEqual([[run, [...gaps]]]);
        },
      ),
      { numRuns: 15 },
    );
  });

  test("of different lengths never touch", () => {
    expect(
      joined([
        { start: "+999", end: "+999" },
        { start: "+1000", end: "+1000" },
      ]),
    ).toHaveLength(2);
  });
});
