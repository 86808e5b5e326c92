import type { Fields } from "./envelope";

/** Whether a value is an object of named fields: no list, no date. */
export function isRecord(value: unknown): value is Fields {
  return (
    typeof value === "object" &&
    value !== null &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)
  );
}
