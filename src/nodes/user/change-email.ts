import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { email, user } from "../../params/types";
import { node } from "../node";
import { requireSubscriber } from "../rules";

export const changeEmail = node({
  name: "user/change_email",
  summary: "Change a local account's mail address",
  access: "read_write",
  params: { user: positional(user()), email: email("the new mail address") },
  answers: { user: answer.text(), email: answer.text() },
  examples: [{ command: "hermes user change-email alice@example.org --email alice@example.com" }],
  async run(stores, { user, email }) {
    await stores.locks.take("addresses");
    const { address } = await requireSubscriber(stores, user);
    await stores.subscribers.setEmail(address, email);
    return { user: formatSipAddress(address), email };
  },
});
