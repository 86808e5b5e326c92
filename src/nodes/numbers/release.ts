import * as answer from "../../answers";
import { endOfRest } from "../../model/number-state";
import { formatSipAddress } from "../../model/sip-address";
import { numberOrAlias } from "../../params/number-or-alias";
import { optional, positional } from "../../params/param";
import { duration } from "../../params/times";
import { releaseNumber } from "../../rules/aliases";
import { node } from "../node";

export const release = node({
  name: "numbers/release",
  summary: "Remove an account's E.164 alias and put its number back in the pool",
  access: "read_write",
  description:
    "With --quarantine, or defaults.quarantine in the configuration, it rests for so long before it can be given out again.",
  params: {
    number: positional(numberOrAlias("the number, or the alias that it is")),
    quarantine: optional(duration("let it rest for so long first; 0d: not at all")),
  },
  answers: {
    number: answer.telephone(),
    alias: answer.text(),
    until: answer.nullable(answer.time()),
  },
  tells: {
    verb: ["Release", "Released"],
    what: ({ number, alias, until }, as) =>
      `${as.number(number)}, which was ${alias}${until === null ? "" : `; it rests until ${as.time(until)}`}`,
    destroys: true,
  },
  examples: [
    { command: "hermes numbers release +4712345000" },
    { command: "hermes numbers release +4712345000@example.org" },
    { command: "hermes numbers release +4712345000 --quarantine 90d" },
  ],
  rule: releaseNumber,
  wanted: ({ number, quarantine }, { config, now }) => ({
    ...number,
    until: endOfRest(quarantine ?? config.defaults.quarantine, now),
  }),
  answer: ({ alias, ...released }) => ({ ...released, alias: formatSipAddress(alias) }),
});
