import * as answer from "../../answers";
import { counted } from "../../model/words";
import { removeRange as rule } from "../../rules/numbers";
import { node } from "../node";
import { rangeAnswers, rangeOf, rangeParams, UNASKED } from "./range";

export const removeRange = node({
  name: "numbers/remove_range",
  summary: "Take a range of numbers out of the pool, both ends included",
  description:
    "Those that are reserved or rest go as well. Numbers that the pool does not have are passed over.",
  access: "read_write",
  params: rangeParams,
  answers: { ...rangeAnswers, removed: answer.count() },
  tells: {
    verb: ["Remove", "Removed"],
    what: ({ removed }) => `${counted(removed, "number")} from the pool`,
    destroys: true,
  },
  examples: [{ command: "hermes numbers remove-range +4712345000 +4712345678" }],
  check(params) {
    rangeOf(params);
  },
  confirm(params) {
    const { count } = rangeOf(params);
    return count > UNASKED
      ? `Take ${count.toLocaleString("en")} numbers out of the pool?`
      : undefined;
  },
  rule,
  wanted: rangeOf,
  answer: (removed, params) => ({ ...rangeOf(params), removed }),
});
