import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { naming, optional, positional } from "../../params/param";
import { exactlyOne, needs } from "../../params/relations";
import { e164, search, toggle, user } from "../../params/types";
import { assignNumber } from "../../rules/numbers";
import { node } from "../node";

export const assign = node({
  name: "numbers/assign",
  summary: "Take a number from the pool and make it an account's alias",
  description:
    "The alias is <number>@<the account's domain>. Any number of these can run at once: none is given out twice.",
  access: "read_write",
  params: {
    number: optional(
      positional(naming("number", e164("the number")), (word) => !word.includes("@")),
    ),
    user: positional(user("the account that gets it")),
    random: toggle("any number of the pool"),
    search: optional(search("numbers", "+4712*")),
  },
  relations: [exactlyOne("number", "random"), needs("search", "random")],
  answers: { number: answer.telephone(), alias: answer.text(), destination: answer.text() },
  examples: [
    { command: "hermes numbers assign +4712345000 alice@example.org" },
    { command: "hermes numbers assign --random --search '+4712*' alice@example.org" },
  ],
  rule: assignNumber,
  wanted: ({ number, search, user }) => ({ number: number?.number, search, address: user }),
  answer: ({ number, alias, destination }) => ({
    number,
    alias: formatSipAddress(alias),
    destination: formatSipAddress(destination),
  }),
});
