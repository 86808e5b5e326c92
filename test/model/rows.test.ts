import { expect, it } from "vitest";
import { Rows } from "../../src/model/rows";

/** Batches of two, and how many of them were asked for. */
function counted() {
  const asked = { batches: 0, closed: false };
  async function* batches() {
    try {
      for (let first = 1; first < 100; first += 2) {
        asked.batches++;
        yield [first, first + 1];
      }
    } finally {
      asked.closed = true;
    }
  }
  return { rows: new Rows(batches()), asked };
}

it.each([
  [1, [1], 1],
  [2, [1, 2], 1],
  [3, [1, 2, 3], 2],
  [0, [], 0],
])("take(%i) → %j, and no batch more is read", async (most, expected, batches) => {
  const { rows, asked } = counted();
  expect(await rows.take(most).toArray()).toEqual(expected);
  expect(asked).toEqual({ batches, closed: batches > 0 });
});

it("take(more than there are) → all", async () => {
  expect(await counted().rows.take(1000).toArray()).toHaveLength(100);
});
