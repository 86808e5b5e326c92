import * as answer from "../../answers";
import { positional } from "../../params/param";
import { e164 } from "../../params/types";
import { addNumber } from "../../rules/numbers";
import { node } from "../node";

export const add = node({
  name: "numbers/add",
  summary: "Add a number to the pool",
  access: "read_write",
  params: { number: positional(e164("the number")) },
  answers: { detail: answer.toldSentence(), number: answer.telephone() },
  tells: {
    verb: ["Add", "Added"],
    what: ({ number }, as) => `${as.number(number)} to the pool`,
  },
  examples: [{ command: "hermes numbers add +4712345679" }],
  rule: addNumber,
  wanted: ({ number: { number } }) => ({
    number,
    ifExists: "fail" as const,
    ifInUse: "refuse" as const,
  }),
  answer: (_outcome, { number: { number } }) => ({ detail: `Added ${number}`, number }),
});
