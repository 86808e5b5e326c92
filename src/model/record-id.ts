import { randomBytes } from "node:crypto";

/** Crockford's base 32, in lower case: its letters sort as their values do, and none looks like another. */
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

/** Digits that a time in milliseconds takes: enough for some thousand years. */
const TIME_DIGITS = 10;

const RANDOM_DIGITS = 10;

/** Looks like one, whether there is such a record or not. */
export const RECORD_ID = /^[0-9a-hjkmnp-tv-z]{20}$/;

let last = { time: 0, random: 0 };

/**
 * A new record's id: ids sort by their time, those of one millisecond in no order, but for those of
 * one process: what it did can be read in its order.
 */
export function newRecordId(milliseconds: number): string {
  const time = Math.max(milliseconds, last.time);
  // 48 bits of the 50 that there are: the rest is for those that follow.
  const random = time === last.time ? last.random + 1 : randomBytes(6).readUIntBE(0, 6);
  last = { time, random };
  return digits(time, TIME_DIGITS) + digits(random, RANDOM_DIGITS);
}

/** What every id of that time or later is not below. */
export const firstRecordId = (milliseconds: number): string =>
  digits(milliseconds, TIME_DIGITS) + "0".repeat(RANDOM_DIGITS);

/** When the record was made, in unix milliseconds. */
export function timeOfRecord(id: string): number {
  return [...id.slice(0, TIME_DIGITS)].reduce(
    (time, digit) => time * 32 + DIGITS.indexOf(digit),
    0,
  );
}

/** A whole number in so many digits of base 32. */
function digits(value: number, places: number): string {
  let left = Math.max(0, Math.floor(value));
  let text = "";
  for (let place = 0; place < places; place++) {
    text = DIGITS.charAt(left % 32) + text;
    left = Math.floor(left / 32);
  }
  return text;
}
