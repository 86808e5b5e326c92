import { expect, it } from "vitest";
import { firstRecordId, newRecordId, RECORD_ID, timeOfRecord } from "../../src/model/record-id";

const NOON = Date.UTC(2026, 0, 1, 12);

it("ids of one process sort as they were made, within a millisecond too", () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => newRecordId(NOON + (index >> 10)));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

it("an id says when it was made, and is not below the first of that time", () => {
  const id = newRecordId(NOON + 60_000);
  expect(id).toMatch(RECORD_ID);
  expect(timeOfRecord(id)).toBe(NOON + 60_000);
  expect(id >= firstRecordId(NOON + 60_000)).toBe(true);
  expect(id < firstRecordId(NOON + 60_001)).toBe(true);
});

it("a clock that is set back gives no earlier id", () => {
  const id = newRecordId(NOON + 120_000);
  expect(newRecordId(NOON + 60_000) > id).toBe(true);
});
