import * as answer from "../../answers";
import type { E164 } from "../../model/e164";
import { type NumberRange, numberRange } from "../../model/number-range";
import { failed } from "../../model/refusal";
import { positional } from "../../params/param";
import { e164 } from "../../params/types";

/** A slip of a digit makes a range ten times as long: more than this is asked about. */
export const UNASKED = 1_000_000;

export const rangeParams = {
  start: positional(e164("the first number")),
  end: positional(e164("the last number", "+4712345678")),
};

export const rangeAnswers = {
  start: answer.telephone({ label: "first number" }),
  end: answer.telephone({ label: "last number" }),
  count: answer.count(),
};

export function rangeOf({ start, end }: { start: E164; end: E164 }): NumberRange {
  const range = numberRange(start, end);
  if (typeof range === "string") throw failed("rejected", range);
  return range;
}
