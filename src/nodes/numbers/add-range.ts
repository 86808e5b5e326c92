import type { E164 } from "../../model/e164";
import { type NumberRange, numberRange } from "../../model/number-range";
import { failed } from "../../model/refusal";
import { positional } from "../../params/param";
import { e164 } from "../../params/types";
import { node } from "../node";

/** A slip of a digit makes a range ten times as long: more than this is asked about. */
const UNASKED = 1_000_000;

export const addRange = node({
  name: "numbers/add_range",
  summary: "Add a range of numbers to the pool, both ends included",
  description:
    "Both ends must be E.164 numbers of one length under one country calling code. Numbers that the pool has already are counted and left alone.",
  access: "read_write",
  params: {
    start: positional(e164("the first number")),
    end: positional(e164("the last number", "+4712345678")),
  },
  answers: ["start", "end", "count", "added", "existing"],
  examples: [{ command: "hermes numbers add-range +4712345000 +4712345678" }],
  check(params) {
    rangeOf(params);
  },
  confirm(params) {
    const { count } = rangeOf(params);
    return count > UNASKED ? `Add ${count.toLocaleString("en")} numbers to the pool?` : undefined;
  },
  async run({ numbers }, params, { progress }) {
    const range = rangeOf(params);
    const added = await numbers.addRange(range, progress);
    return { ...range, added, existing: range.count - added };
  },
});

function rangeOf({ start, end }: { start: E164; end: E164 }): NumberRange {
  const range = numberRange(start, end);
  if (typeof range === "string") throw failed("rejected", range);
  return range;
}
