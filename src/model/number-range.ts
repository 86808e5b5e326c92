import type { E164 } from "./e164";

/** A run of E.164 numbers of one length under one country calling code, both ends included. */
export interface NumberRange {
  readonly start: string;
  readonly end: string;
  readonly count: number;
}

/** The range from `start` to `end`, or a sentence on why the two make none. */
export function numberRange(start: E164, end: E164): NumberRange | string {
  if (start.number.length !== end.number.length) {
    return `${start.number} and ${end.number} differ in length.`;
  }
  if (start.callingCode !== end.callingCode) {
    return `${start.number} and ${end.number} have different lead-ins: +${start.callingCode} and +${end.callingCode}.`;
  }
  const count = Number(end.number.slice(1)) - Number(start.number.slice(1)) + 1;
  if (count < 2) return `The start ${start.number} is not below the end ${end.number}.`;
  return { start: start.number, end: end.number, count };
}
