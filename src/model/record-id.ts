import { randomBytes } from "node:crypto";

/** Crockford's base 32, in lower case: its letters sort as their values do, and none looks like another. */
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

/** Digits that a time in milliseconds takes: enough for some thousand years. */
const TIME_DIGITS = 10;

const RANDOM_DIGITS = 10;

/** Looks like one, whether there is such a record or not. */
export const RECORD_ID = /^[0-9a-hjkmnp-tv-z]{20}$/;

/** A new record's id: ids sort by their time, those of one millisecond in no order. */
export function newRecordId(milliseconds: number): string {
  const random = [...randomBytes(RANDOM_DIGITS)].map((byte) => DIGITS[byte % 32]).join("");
  return timeDigits(milliseconds) + random;
}

/** What every id of that time or later is not below. */
export const firstRecordId = (milliseconds: number): string =>
  timeDigits(milliseconds) + "0".repeat(RANDOM_DIGITS);

/** When the record was made, in unix milliseconds. */
export function timeOfRecord(id: string): number {
  return [...id.slice(0, TIME_DIGITS)].reduce(
    (time, digit) => time * 32 + DIGITS.indexOf(digit),
    0,
  );
}

function timeDigits(milliseconds: number): string {
  let left = Math.max(0, Math.floor(milliseconds));
  let digits = "";
  for (let place = 0; place < TIME_DIGITS; place++) {
    digits = DIGITS.charAt(left % 32) + digits;
    left = Math.floor(left / 32);
  }
  return digits;
}
