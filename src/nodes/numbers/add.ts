import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { positional } from "../../params/param";
import { e164 } from "../../params/types";
import { node } from "../node";

export const add = node({
  name: "numbers/add",
  summary: "Add a number to the pool",
  access: "read_write",
  params: { number: positional(e164("the number")) },
  answers: { detail: answer.sentence(), number: answer.telephone() },
  examples: [{ command: "hermes numbers add +4712345679" }],
  async run({ numbers }, { number: { number } }) {
    if (!(await numbers.add(number))) throw failed("exists", `${number} is in the pool already.`);
    return { detail: `Added ${number}`, number };
  },
});
