import * as answer from "../../answers";
import { naming, positional } from "../../params/param";
import { e164 } from "../../params/types";
import { unreserveNumber } from "../../rules/numbers";
import { node } from "../node";

export const unreserve = node({
  name: "numbers/unreserve",
  summary: "End a number's reservation: it is in the pool again",
  access: "read_write",
  params: { number: positional(naming("number", e164("the number"))) },
  answers: { number: answer.telephone() },
  examples: [{ command: "hermes numbers unreserve +4712345000" }],
  rule: unreserveNumber,
  wanted: ({ number: { number } }) => ({ number }),
  answer: (number) => ({ number }),
});
