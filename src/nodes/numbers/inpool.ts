import * as answer from "../../answers";
import { positional } from "../../params/param";
import { e164 } from "../../params/types";
import { notInPool } from "../../rules/refusals";
import { node } from "../node";

export const inpool = node({
  name: "numbers/inpool",
  summary: "Tell whether a number is in the pool",
  access: "limited_read",
  params: { number: positional(e164("the number")) },
  answers: { number: answer.telephone() },
  examples: [{ command: "hermes numbers inpool +4712345676" }],
  async run({ numbers }, { number: { number } }) {
    if (!(await numbers.has(number))) throw notInPool(number);
    return { number };
  },
});
