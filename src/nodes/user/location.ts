import { failed } from "../../model/refusal";
import { formatSipAddress } from "../../model/sip-address";
import { positional } from "../../params/param";
import { user } from "../../params/types";
import { node } from "../node";
import { requireAccount } from "../rules";

export const location = node({
  name: "user/location",
  summary: "Show where an account's phones are registered",
  access: "limited_read",
  params: { user: positional(user()) },
  answers: ["locations"],
  examples: [{ command: "hermes user location alice@example.org" }],
  async run(stores, params, { now }) {
    const { address } = await requireAccount(stores, params.user);
    const locations = await stores.locations.current(address, now);
    if (locations.length === 0) {
      throw failed("offline", `${formatSipAddress(address)} has no phone registered.`);
    }
    return { locations };
  },
});
