import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { optional } from "../../params/param";
import { limit, search, toggle } from "../../params/types";
import { node } from "../node";

export const list = node({
  name: "numbers/list",
  summary: "List the number pool",
  description:
    "In order, or with --random in no order: so that two people are not offered the same.",
  access: "limited_read",
  params: {
    search: optional(search("numbers", "+4712*")),
    random: toggle("in random order"),
    limit: optional(limit()),
  },
  answers: { list: answer.rows(answer.telephone()) },
  examples: [
    { command: "hermes numbers list --search '+4712*'" },
    { command: "hermes numbers list --random --limit 5" },
  ],
  async run({ numbers }, { search, random, limit }) {
    const list = random
      ? await orNothing(numbers.random(search, limit))
      : await numbers.list(search, limit).orNothing();
    if (list === undefined) {
      throw failed(
        "empty",
        search === undefined
          ? "The pool has no numbers. Add some: hermes numbers add-range <start> <end>"
          : `No number in the pool matches ${JSON.stringify(search)}.`,
      );
    }
    return { list };
  },
});

async function orNothing(numbers: Promise<string[]>): Promise<string[] | undefined> {
  const list = await numbers;
  return list.length === 0 ? undefined : list;
}
