import { onlyOwn } from "../../access/lite";
import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { naming, optional, refusing } from "../../params/param";
import { atMostOne, needs } from "../../params/relations";
import { address, limit, search, toggle } from "../../params/types";
import { formatAlias, isNumber } from "../../store/kamailio/aliases";
import { node } from "../node";
import { aliasAddress } from "./params";

export const list = node({
  name: "alias/list",
  summary: "List aliases: all, one, or those that a search or a destination finds",
  access: "limited_read",
  params: {
    alias: optional(
      naming(
        "alias",
        refusing(aliasAddress("invalid", "only this alias"), (detail) => failed("invalid", detail)),
      ),
    ),
    destination: optional(
      naming(
        "account",
        address("only aliases that lead to this address", "alice@example.org", null),
      ),
    ),
    e164: toggle("only the alias that is an E.164 number; with --destination"),
    search: optional(search("aliases and where they lead", "+4712*")),
    limit: optional(limit()),
  },
  relations: [atMostOne("alias", "destination", "search"), needs("e164", "destination")],
  answers: {
    aliases: answer.rows(answer.record({ alias: answer.text(), destination: answer.text() })),
  },
  lite: onlyOwn("aliases", ({ destination }: { destination: string }) => destination),
  examples: [
    { command: "hermes alias list" },
    { command: "hermes alias list --search alice" },
    { command: "hermes alias list --destination alice@example.org --e164" },
  ],
  async run({ aliases }, { alias, destination, e164, search }) {
    if (alias !== undefined) {
      return { aliases: (await aliases.findMany([alias])).flatMap(formatAlias) };
    }
    if (destination !== undefined) {
      const found = await aliases.leadingTo(destination);
      const asked = e164 ? found.filter((each) => isNumber(each.alias)) : found;
      return { aliases: asked.flatMap(formatAlias) };
    }
    return { aliases: aliases.list(search) };
  },
});
