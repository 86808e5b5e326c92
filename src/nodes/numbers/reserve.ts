import * as answer from "../../answers";
import { unixOf } from "../../model/moment";
import { invalidParameters, naming, optional, positional } from "../../params/param";
import { moment } from "../../params/times";
import { e164, text } from "../../params/types";
import { reserveNumber } from "../../rules/numbers";
import { node } from "../node";

export const reserve = node({
  name: "numbers/reserve",
  summary: "Keep a number of the pool from being given out",
  description:
    "Until a date, for so long, or until numbers unreserve; then it is in the pool again by itself. Of a number that is reserved already, what is given changes.",
  access: "read_write",
  params: {
    number: positional(naming("number", e164("the number"))),
    until: optional(moment("when it is over: a date, a time, or so long from now on")),
    note: optional(text("for whom or what", "for the new reception")),
  },
  answers: {
    number: answer.telephone(),
    until: answer.nullable(answer.time()),
    note: answer.nullable(answer.text()),
  },
  examples: [
    { command: "hermes numbers reserve +4712345000 --note 'for the new reception'" },
    { command: "hermes numbers reserve +4712345000 --until 90d" },
    { command: "hermes numbers reserve +4712345000 --until 2030-12-31" },
  ],
  rule: reserveNumber,
  wanted({ number: { number }, until: asked, note }, { now }) {
    const until = asked === undefined ? undefined : unixOf(asked, now);
    if (until !== undefined && until <= now) throw invalidParameters("until is over already.");
    return { number, until, note };
  },
  answer: (reserved) => ({ ...reserved }),
});
