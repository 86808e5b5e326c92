import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { naming, positional } from "../../params/param";
import { removeAlias } from "../../rules/aliases";
import { node } from "../node";
import { aliasAddress } from "./params";

export const remove = node({
  name: "alias/remove",
  summary: "Remove an alias",
  access: "read_write",
  params: { alias: positional(naming("alias", aliasAddress("address"))) },
  answers: { alias: answer.text() },
  examples: [{ command: "hermes alias remove 4224@example.org" }],
  rule: removeAlias,
  wanted: ({ alias }) => alias,
  answer: (alias) => ({ alias: formatSipAddress(alias) }),
});
