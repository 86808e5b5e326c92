import * as answer from "../../answers";
import { byPrefix, byRange, type PrefixUsage, type RangeUsage } from "../../model/number-usage";
import { failed } from "../../model/refusal";
import { Rows } from "../../model/rows";
import { grouping } from "../../params/number-grouping";
import { optional } from "../../params/param";
import { limit, search } from "../../params/types";
import { node } from "../node";

export const usage = node({
  name: "numbers/usage",
  summary: "Count numbers by state, range by range or prefix by prefix",
  description:
    "Counted is every number of the pool, those that are reserved or rest, and those that some alias or account has. A range is a run of successive numbers; a prefix has as many digits as --by says.",
  access: "limited_read",
  params: {
    by: optional(grouping("range, or how many digits")),
    search: optional(search("numbers", "+4712*")),
    limit: optional(limit()),
  },
  answers: {
    list: answer.rows(
      answer.record({
        prefix: answer.optional(answer.text()),
        start: answer.optional(answer.telephone({ label: "first number" })),
        end: answer.optional(answer.telephone({ label: "last number" })),
        total: answer.count(),
        free: answer.count(),
        assigned: answer.count({ partOf: "total" }),
        reserved: answer.count(),
        quarantined: answer.count({ label: "resting" }),
      }),
    ),
  },
  examples: [
    { command: "hermes numbers usage" },
    { command: "hermes numbers usage --by 5 --search '+47*'" },
  ],
  async run({ numberCensus }, { by = "range", search }) {
    const entries = numberCensus.entries({ search });
    const groups = by === "range" ? byRange(entries) : byPrefix(entries, by);
    const list = await new Rows<PrefixUsage | RangeUsage>(groups).orNothing();
    if (list === undefined) throw failed("empty", "There are no such numbers.");
    return { list };
  },
});
