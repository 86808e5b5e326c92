import * as answer from "../../answers";
import { lookUp, unregister } from "../../kamailio-rpc/usrloc";
import { formatSipAddress } from "../../model/sip-address";
import { counted } from "../../model/words";
import { positional } from "../../params/param";
import { user } from "../../params/types";
import { findAccount } from "../find";
import { node } from "../node";
import { offline } from "./locations";

export const kick = node({
  name: "user/kick",
  summary: "End an account's registrations in the running Kamailio",
  description:
    "Needs kamailio.rpc in the configuration. A phone that may register comes back by itself; after user remove it does not.",
  access: "read_write",
  writes: false,
  params: { user: positional(user()) },
  answers: { user: answer.text(), removed: answer.list(answer.text()) },
  tells: {
    verb: ["End", "Ended"],
    what: ({ user, removed }) => `${counted(removed.length, "registration")} of ${user}`,
    shows: ["removed"],
  },
  examples: [{ command: "hermes user kick alice@example.org" }],
  async run(stores, params, { rpc, now }) {
    const registration = await lookUp(rpc, params.user, now);
    const shown = formatSipAddress(params.user);
    if (registration === undefined) {
      await findAccount(stores, params.user);
      throw offline(shown);
    }
    await unregister(rpc, registration);
    return { user: shown, removed: registration.contacts.map(({ contact }) => contact) };
  },
});
