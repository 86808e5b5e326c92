import * as answer from "../../answers";
import { runsIn } from "../../model/number-range";
import { NUMBER_STATES } from "../../model/number-state";
import { failed } from "../../model/refusal";
import { Rows } from "../../model/rows";
import { optional } from "../../params/param";
import { atMostOne } from "../../params/relations";
import { choice, limit, search, toggle } from "../../params/types";
import type { Stores } from "../../store/stores";
import { node } from "../node";
import { numbersInState, STATE_FIELDS } from "./in-state";

const STATES = [...NUMBER_STATES, "all"] as const;

export const list = node({
  name: "numbers/list",
  summary: "List the number pool",
  description:
    "Numbers that can be given out, in order; or with --random in no order, so that two people are not offered the same. With --ranges successive ones as one, and with --state those in another state.",
  access: "limited_read",
  params: {
    search: optional(search("numbers", "+4712*")),
    random: toggle("in random order"),
    ranges: toggle("successive numbers as ranges"),
    state: optional(choice("those in this state, with what is known of them", "STATE", STATES)),
    limit: optional(limit()),
  },
  relations: [atMostOne("random", "ranges", "state")],
  answers: {
    list: answer.rows(
      answer.either(
        answer.telephone(),
        answer.record({
          start: answer.optional(answer.telephone({ label: "first number" })),
          end: answer.optional(answer.telephone({ label: "last number" })),
          count: answer.optional(answer.count()),
          ...STATE_FIELDS,
        }),
      ),
      { column: "number" },
    ),
  },
  examples: [
    { command: "hermes numbers list --search '+4712*'" },
    { command: "hermes numbers list --ranges" },
    { command: "hermes numbers list --state reserved" },
    { command: "hermes numbers list --random --limit 5" },
  ],
  async run(stores, given) {
    const list = await listed(stores, given);
    if (list === undefined) throw failed("empty", emptiness(given));
    return { list };
  },
});

interface Given {
  readonly search: string | undefined;
  readonly random: boolean;
  readonly ranges: boolean;
  readonly state: (typeof STATES)[number] | undefined;
  readonly limit: number | undefined;
}

/** What was asked for; undefined where there is none of it. */
async function listed(stores: Stores, { search, random, ranges, state, limit }: Given) {
  const { freeNumbers } = stores;
  if (random) return filled(await freeNumbers.random(search, limit));
  if (ranges) return new Rows(runsIn(freeNumbers.list(search))).orNothing();
  if (state !== undefined) return numbersInState(stores, { search, state, limit }).orNothing();
  return freeNumbers.list(search, limit).orNothing();
}

const filled = <T>(list: T[]) => (list.length === 0 ? undefined : list);

function emptiness({ search, state }: Given): string {
  const which = search === undefined ? "" : ` that matches ${JSON.stringify(search)}`;
  if (state === "all") return `There is no number${which}.`;
  if (state !== undefined) return `No number${which} is ${state}.`;
  return which === ""
    ? "The pool has no numbers. Add some: hermes numbers add-range <start> <end>"
    : `No number in the pool${which.replace(" that", "")}.`;
}
