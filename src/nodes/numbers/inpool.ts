import * as answer from "../../answers";
import { naming, positional } from "../../params/param";
import { e164 } from "../../params/types";
import { numberInPool } from "../../rules/number-states";
import { node } from "../node";

export const inpool = node({
  name: "numbers/inpool",
  summary: "Tell whether a number is in the pool",
  description:
    "Where it is not, the answer says whose it is, or until when it is reserved or rests.",
  access: "limited_read",
  params: { number: positional(naming("number", e164("the number"))) },
  answers: { number: answer.telephone() },
  examples: [{ command: "hermes numbers inpool +4712345676" }],
  rule: numberInPool,
  wanted: ({ number: { number } }) => ({ number }),
  answer: (number) => ({ number }),
});
