import fc from "fast-check";
import { expect, test } from "vitest";
import { inverses } from "../../src/changes/change";
import { folded } from "../../src/changes/fold";
import { steps } from "./steps";
import { brokenInvariants, newWorld, snapshot } from "./world";

test("whatever is asked for in whatever order, what is decided keeps the invariants", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const world = newWorld();
      for (const each of all) {
        each(world);
        expect(brokenInvariants(world)).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});

test("what is refused leaves nothing behind", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const world = newWorld();
      for (const each of all) {
        const before = snapshot(world);
        const made = world.changes.length;
        each(world);
        if (world.changes.length === made) expect(snapshot(world)).toBe(before);
      }
    }),
    { numRuns: 100 },
  );
});

test("the inverse of what was decided undoes it exactly", () => {
  fc.assert(
    fc.property(steps, steps, (first, second) => {
      const world = newWorld();
      for (const each of first) each(world);
      const before = snapshot(world);
      const made = world.changes.length;
      for (const each of second) each(world);
      for (const change of inverses(world.changes.slice(made))) world.note(change);
      expect(snapshot(world)).toBe(before);
    }),
    { numRuns: 300 },
  );
});

test("folded to one for each place, Changes come to the same, and so do their inverses", () => {
  fc.assert(
    fc.property(steps, steps, (first, second) => {
      const world = newWorld();
      for (const each of first) each(world);
      const before = snapshot(world);
      const made = world.changes.length;
      for (const each of second) each(world);
      const after = snapshot(world);
      const net = folded(world.changes.slice(made), world.keys);
      for (const change of inverses(net)) world.note(change);
      expect(snapshot(world)).toBe(before);
      for (const change of net) world.note(change);
      expect(snapshot(world)).toBe(after);
    }),
    { numRuns: 300 },
  );
});
