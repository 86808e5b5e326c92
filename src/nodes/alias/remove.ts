import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { node } from "../node";
import { aliasAddress } from "./params";

export const remove = node({
  name: "alias/remove",
  summary: "Remove an alias",
  access: "read_write",
  params: { alias: positional(aliasAddress("address")) },
  answers: { alias: answer.text() },
  examples: [{ command: "hermes alias remove 4224@example.org" }],
  async run({ aliases, locks }, { alias }) {
    await locks.take("addresses");
    const shown = formatSipAddress(alias);
    if (!(await aliases.remove(alias))) throw failed("nonexistant", `There is no alias ${shown}.`);
    return { alias: shown };
  },
});
