import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { user } from "../../params/types";
import { forgetExtension } from "../extension/rules";
import { node } from "../node";
import { requireAccount } from "../rules";

export const remove = node({
  name: "user/remove",
  summary: "Remove an account from Kamailio and provisioning",
  description:
    "Refused while phones or aliases hang on it: remove those first (phone remove, alias remove).",
  access: "read_write",
  params: { user: positional(user()) },
  answers: { user: answer.text() },
  examples: [{ command: "hermes user remove alice@example.org" }],
  async run(stores, params) {
    await stores.locks.take("addresses");
    const { address } = await requireAccount(stores, params.user);
    const shown = formatSipAddress(address);
    const phones = await stores.phones.macsOf(address);
    const aliases = await stores.aliases.leadingTo(address);
    const uses = [
      ...phones.map((mac) => `phone ${mac}`),
      ...aliases.map(({ alias }) => `alias ${formatSipAddress(alias)}`),
    ];
    if (uses.length > 0) {
      throw failed("inuse", `${shown} is in use by ${uses.join(", ")}. Remove those first.`);
    }
    await stores.subscribers.remove(address);
    await stores.users.remove(address);
    await forgetExtension(stores, address);
    return { user: shown };
  },
});
