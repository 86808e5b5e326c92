import fc from "fast-check";
import { expect, test } from "vitest";
import { type Change, inverses } from "../../src/changes/change";
import { decoded, encoded } from "../../src/changes/encoded";
import type { Facts } from "../../src/changes/facts";
import { folded } from "../../src/changes/fold";
import { Refusal } from "../../src/model/refusal";
import { undoChanges } from "../../src/rules/undo";
import { type Step, steps } from "./steps";
import { attempt, brokenInvariants, newWorld, snapshot } from "./world";

/** Does a step, and answers what a record of it keeps. */
function record(world: Facts, step: Step): string {
  const made = world.changes.length;
  step(world);
  return encoded(folded(world.changes.slice(made), world.keys));
}

const undo = (world: Facts, content: string) =>
  attempt(world, undoChanges, inverses(decoded(content)));

test("what a record keeps is what was changed", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const world = newWorld();
      for (const each of all) each(world);
      const net = folded(world.changes, world.keys);
      const lines = (changes: readonly Change[]) =>
        changes.map((each) => JSON.stringify(each)).sort();
      expect(lines(decoded(encoded(net)))).toEqual(lines(net));
    }),
    { numRuns: 100 },
  );
});

test("undone at once, everything is as it was; undone again, as it was then", () => {
  fc.assert(
    fc.property(steps, steps, (first, second) => {
      const world = newWorld();
      for (const each of first) each(world);
      for (const each of second) {
        const before = snapshot(world);
        const content = record(world, each);
        const after = snapshot(world);
        const again = record(world, () => expect(undo(world, content)).toEqual({ inuse: 0 }));
        expect(snapshot(world)).toBe(before);
        expect(undo(world, again)).toEqual({ inuse: 0 });
        expect(snapshot(world)).toBe(after);
      }
    }),
    { numRuns: 30 },
  );
});

test("undone whenever, it keeps the invariants, or is refused and leaves nothing behind", () => {
  fc.assert(
    fc.property(steps, fc.array(fc.nat()), (all, picks) => {
      const world = newWorld();
      const contents = all.map((each) => record(world, each));
      for (const pick of picks) {
        const before = snapshot(world);
        const outcome = undo(world, contents[pick % contents.length] ?? "[]");
        expect(brokenInvariants(world)).toEqual([]);
        if (!(outcome instanceof Refusal)) continue;
        expect([outcome.response, outcome.reason]).toEqual(["failed", "changed"]);
        expect(snapshot(world)).toBe(before);
      }
    }),
    { numRuns: 300 },
  );
});
