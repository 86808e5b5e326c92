import * as answer from "../../answers";
import { counted } from "../../model/words";
import { addRange as rule } from "../../rules/numbers";
import { node } from "../node";
import { rangeAnswers, rangeOf, rangeParams, UNASKED } from "./range";

export const addRange = node({
  name: "numbers/add_range",
  summary: "Add a range of numbers to the pool, both ends included",
  description:
    "Both ends must be E.164 numbers of one length under one country calling code. Numbers that the pool has already, or that are reserved or rest, are counted and left alone; those in use, as some alias or account, are counted and stay out.",
  access: "read_write",
  params: rangeParams,
  answers: {
    ...rangeAnswers,
    added: answer.count(),
    existing: answer.count(),
    inuse: answer.count({ label: "in use" }),
  },
  tells: {
    verb: ["Add", "Added"],
    what: ({ count, added, existing, inuse }) =>
      `${counted(added, "number")} of ${count.toLocaleString("en")} to the pool; ${existing.toLocaleString("en")} were there, ${inuse.toLocaleString("en")} are in use`,
  },
  examples: [{ command: "hermes numbers add-range +4712345000 +4712345678" }],
  check(params) {
    rangeOf(params);
  },
  confirm(params) {
    const { count } = rangeOf(params);
    return count > UNASKED ? `Add ${count.toLocaleString("en")} numbers to the pool?` : undefined;
  },
  rule,
  wanted: rangeOf,
  answer: (counts, params) => ({ ...rangeOf(params), ...counts }),
});
