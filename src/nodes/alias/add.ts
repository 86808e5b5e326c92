import * as answer from "../../answers";
import { invalid } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { naming, positional, refusing } from "../../params/param";
import { address } from "../../params/types";
import { addAlias } from "../../rules/aliases";
import { node } from "../node";
import { aliasAddress } from "./params";

export const add = node({
  name: "alias/add",
  summary: "Add an alias that leads to an account or an outside address",
  description: "An account can have one alias that is an E.164 number, and any number of others.",
  access: "read_write",
  params: {
    alias: positional(aliasAddress("alias", "the new alias")),
    destination: positional(
      naming(
        "account",
        refusing(address("where calls to the alias go", "alice@example.org", null), (detail) =>
          invalid("destination", detail),
        ),
      ),
    ),
  },
  answers: { alias: answer.text(), destination: answer.text() },
  examples: [
    { command: "hermes alias add 4224@example.org alice@example.org" },
    { command: "hermes alias add +4712345000@example.org alice@example.org" },
  ],
  rule: addAlias,
  wanted: ({ alias, destination }) => ({ alias, destination, ifExists: "fail" as const }),
  answer: ({ alias, destination }) => ({
    alias: formatSipAddress(alias),
    destination: formatSipAddress(destination),
  }),
});
