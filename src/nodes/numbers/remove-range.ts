import * as answer from "../../answers";
import { counted, listed } from "../../model/words";
import { removeRange as rule } from "../../rules/numbers";
import { node } from "../node";
import { rangeAnswers, rangeOf, rangeParams, UNASKED } from "./range";

export const removeRange = node({
  name: "numbers/remove_range",
  summary: "Take a range of numbers out of the pool, both ends included",
  description:
    "Those that are reserved or rest go as well and do not come back. Numbers in use, as some alias or account, stay so.",
  access: "read_write",
  params: rangeParams,
  answers: {
    ...rangeAnswers,
    removed: answer.count(),
    reserved: answer.optional(answer.count()),
    quarantined: answer.optional(answer.count({ label: "resting" })),
    inuse: answer.optional(answer.count({ label: "in use" })),
  },
  tells: {
    verb: ["Remove", "Removed"],
    what: ({ removed, reserved = 0, quarantined = 0, inuse = 0 }) => {
      const among = [...some(reserved, "reserved"), ...some(quarantined, "resting")];
      return [
        `${counted(removed, "number")} from the pool`,
        ...(among.length > 0 ? [`, ${listed(among)} among them`] : []),
        ...some(inuse, inuse === 1 ? "in use stays so" : "in use stay so").map(
          (kept) => `; ${kept}`,
        ),
      ].join("");
    },
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
  answer: ({ removed, ...others }, params) => ({
    ...rangeOf(params),
    removed,
    // Of which there are none is not worth a field.
    ...Object.fromEntries(Object.entries(others).filter(([, count]) => count > 0)),
  }),
});

const some = (count: number, what: string) =>
  count === 0 ? [] : [`${count.toLocaleString("en")} ${what}`];
