import { onAccount } from "../../access/lite";
import * as answer from "../../answers";
import { failed } from "../../model/refusal";
import { formatSipAddress, parseSipAddress, type SipAddress } from "../../model/sip-address";
import { forwardTarget } from "../../params/forward-target";
import { optional, positional } from "../../params/param";
import { atMostOne } from "../../params/relations";
import { toggle, user } from "../../params/types";
import type { Stores } from "../../store/stores";
import { node } from "../node";
import { requireSubscriber } from "../rules";

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
  async run(stores, { user, to, off }) {
    if (to !== undefined || off) await stores.locks.take("addresses");
    const { address } = await requireSubscriber(stores, user);
    const shown = formatSipAddress(address);
    if (to !== undefined) await requireForwardable(stores, address, to);
    if (to !== undefined || off) await stores.preferences.set(address, "cfu", to);
    return { user: shown, forward: (await stores.preferences.get(address, "cfu")) ?? null };
  },
});

/** Calls can go to any address that fits, but for the account's own in whatever spelling. */
async function requireForwardable(
  { subscribers, preferences }: Pick<Stores, "subscribers" | "preferences">,
  address: SipAddress,
  to: string,
): Promise<void> {
  if (to.length > preferences.width) {
    throw failed(
      "invalid",
      `to is too long: usr_preferences holds ${preferences.width} characters.`,
    );
  }
  const target = parseSipAddress(to);
  const account = target === undefined ? undefined : await subscribers.find(target);
  const shown = formatSipAddress(address);
  if (account !== undefined && formatSipAddress(account.address) === shown) {
    throw failed("invalid", `${shown} can't be forwarded to itself.`);
  }
}
