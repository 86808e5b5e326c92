import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { positional } from "../../params/param";
import { e164 } from "../../params/types";
import { node } from "../node";

export const remove = node({
  name: "numbers/remove",
  summary: "Take a number out of the pool",
  access: "read_write",
  params: { number: positional(e164("the number")) },
  answers: { number: answer.telephone() },
  examples: [{ command: "hermes numbers remove +4712345676" }],
  async run({ numbers }, { number: { number } }) {
    if (!(await numbers.remove(number))) {
      throw failed("nonexistant", `${number} is not in the pool.`);
    }
    return { number };
  },
});
