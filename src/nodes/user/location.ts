import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { lookUp } from "../../kamailio-rpc/usrloc";
import { locationOf } from "../../model/location";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { toggle, user } from "../../params/types";
import { findAccount } from "../find";
import { node } from "../node";
import { locations, offline } from "./locations";

export const location = node({
  name: "user/location",
  summary: "Show where an account's phones are registered",
  access: "limited_read",
  params: {
    user: positional(user()),
    live: toggle("ask the running Kamailio, not its table; needs kamailio.rpc"),
  },
  answers: {
    locations: answer.rows(answer.record(locations)),
  },
  lite: onAccount("user"),
  examples: [
    { command: "hermes user location alice@example.org" },
    { command: "hermes user location alice@example.org --live" },
  ],
  async run(stores, params, { now, rpc }) {
    const { address } = await findAccount(stores, params.user);
    const registered = params.live
      ? ((await lookUp(rpc, address, now))?.contacts ?? []).map(locationOf)
      : await stores.locations.current(address, now);
    if (registered.length === 0) throw offline(formatSipAddress(address));
    return { locations: registered };
  },
});
