import * as answer from "../../answers";
import { naming, positional } from "../../params/param";
import { e164 } from "../../params/types";
import { removeNumber } from "../../rules/numbers";
import { node } from "../node";

export const remove = node({
  name: "numbers/remove",
  summary: "Take a number out of the pool",
  description: "One that is reserved or rests goes as well: it does not come back.",
  access: "read_write",
  params: { number: positional(naming("number", e164("the number"))) },
  answers: { number: answer.telephone() },
  examples: [{ command: "hermes numbers remove +4712345676" }],
  rule: removeNumber,
  wanted: ({ number: { number } }) => ({ number }),
  answer: (number) => ({ number }),
});
