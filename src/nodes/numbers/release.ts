import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { numberOrAlias } from "../../params/number-or-alias";
import { positional } from "../../params/param";
import { releaseNumber } from "../../rules/aliases";
import { node } from "../node";

export const release = node({
  name: "numbers/release",
  summary: "Remove an account's E.164 alias and put its number back in the pool",
  access: "read_write",
  params: { number: positional(numberOrAlias("the number, or the alias that it is")) },
  answers: { number: answer.telephone(), alias: answer.text() },
  examples: [
    { command: "hermes numbers release +4712345000" },
    { command: "hermes numbers release +4712345000@example.org" },
  ],
  rule: releaseNumber,
  wanted: ({ number }) => number,
  answer: ({ number, alias }) => ({ number, alias: formatSipAddress(alias) }),
});
