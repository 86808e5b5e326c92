import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { forwardTarget } from "../../params/forward-target";
import { optional, positional } from "../../params/param";
import { atMostOne } from "../../params/relations";
import { toggle, user } from "../../params/types";
import { setForward } from "../../rules/change-account";
import { node } from "../node";

export const forward = node({
  name: "user/forward",
  summary: "Show, set or end the forwarding of all calls to an account",
  description:
    "Kept as attribute cfu in Kamailio's usr_preferences. Without --to and --off it is shown.",
  access: ({ to, off }) => (to !== undefined || off ? "read_write" : "limited_read"),
  params: {
    user: positional(user()),
    to: optional(forwardTarget("the number or address that calls go to")),
    off: toggle("end the forwarding"),
  },
  relations: [atMostOne("to", "off")],
  answers: { user: answer.text(), forward: answer.nullable(answer.telephone()) },
  lite: onAccount("user", { right: "controlSipDevices" }),
  examples: [
    { command: "hermes user forward alice@example.org --to +4712345000" },
    { command: "hermes user forward alice@example.org --off" },
  ],
  rule: setForward,
  wanted: ({ user, to, off }) => ({ address: user, attribute: "cfu" as const, to, off }),
  answer: ({ address, forward }) => ({ user: formatSipAddress(address), forward }),
});
