import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { formatSipAddress } from "../../model/sip-address";
import { listed } from "../../model/words";
import { forwardTarget } from "../../params/forward-target";
import { optional, positional } from "../../params/param";
import { atMostOne } from "../../params/relations";
import { choice, toggle, user } from "../../params/types";
import { FORWARD_WHEN, setForward } from "../../rules/forwards";
import { node } from "../node";

export const forward = node({
  name: "user/forward",
  summary: "Show, set or end the forwarding of calls to an account",
  description:
    "Of all calls, of those that find the line busy, or of those that nobody answers; left out, all. Kept as attributes cfu, cfb and cfna in Kamailio's usr_preferences. Without --to and --off it is shown.",
  access: ({ to, off }) => (to !== undefined || off ? "read_write" : "limited_read"),
  params: {
    user: positional(user()),
    when: optional(choice("which calls; left out, always", "WHEN", FORWARD_WHEN)),
    to: optional(forwardTarget("the number or address that calls go to")),
    off: toggle("end the forwarding"),
  },
  relations: [atMostOne("to", "off")],
  answers: {
    user: answer.text(),
    forward: answer.nullable(answer.telephone()),
    busy: answer.nullable(answer.telephone()),
    noanswer: answer.nullable(answer.telephone({ label: "no answer" })),
  },
  tells: {
    verb: ["Set", "Set"],
    what: ({ user, forward, busy, noanswer }, as) => {
      const goes = (calls: string, to: string | null) =>
        to === null ? [] : [`${calls} to ${as.number(to)}`];
      const forwards = [
        ...goes("all calls", forward),
        ...goes("busy ones", busy),
        ...goes("unanswered ones", noanswer),
      ];
      return `the forwarding of ${user}: ${listed(forwards) || "none"}`;
    },
  },
  lite: onAccount("user", { right: "controlSipDevices" }),
  examples: [
    { command: "hermes user forward alice@example.org --to +4712345000" },
    { command: "hermes user forward alice@example.org --when noanswer --to bob@example.org" },
    { command: "hermes user forward alice@example.org --off" },
  ],
  rule: setForward,
  wanted: ({ user, when = "always", to, off }) => ({ address: user, when, to, off }),
  answer: ({ address, forwards: { always, busy, noanswer } }) => ({
    user: formatSipAddress(address),
    forward: always,
    busy,
    noanswer,
  }),
});
