import type { Facts } from "../changes/facts";
import { failed } from "../model/refusal";
import { formatSipAddress, parseSipAddress, type SipAddress } from "../model/sip-address";
import { requireSubscriber } from "./accounts";
import { rule } from "./rule";

/** When calls are forwarded, and the attribute of `usr_preferences` that Kamailio's routing does it by. */
const FORWARDS = { always: "cfu", busy: "cfb", noanswer: "cfna" } as const;

export type ForwardWhen = keyof typeof FORWARDS;

export const FORWARD_WHEN = Object.keys(FORWARDS) as ForwardWhen[];

export interface WantedForward {
  readonly address: SipAddress;
  readonly when: ForwardWhen;
  readonly to?: string | undefined;
  readonly off: boolean;
}

/** Where calls go to; null where they don't. */
export type Forwards = Readonly<Record<ForwardWhen, string | null>>;

/** user/forward: calls can go to any address that fits, but for the account's own in whatever spelling. */
export const setForward = rule<WantedForward, { address: SipAddress; forwards: Forwards }>({
  locks: ["addresses"],
  asks: [(wanted) => ({ accounts: wanted.map(({ address }) => address) })],
  decide(facts, { address: asked, when, to, off }) {
    const { address } = requireSubscriber(facts, asked);
    const key = { address, attribute: FORWARDS[when] };
    if (off) facts.remove("attribute", key);
    if (to !== undefined) {
      requireForwardable(facts, address, to);
      facts.set("attribute", key, { values: [{ type: 0, value: to }] });
    }
    return { address, forwards: forwardsOf(facts, address) };
  },
});

/** Where calls to an account go, by what happens to them. */
export function forwardsOf(facts: Facts, address: SipAddress): Forwards {
  const to = (when: ForwardWhen) => {
    const known = facts.get("attribute", { address, attribute: FORWARDS[when] });
    // Of several that other tools have written Kamailio takes the last.
    return known?.value.values.at(-1)?.value ?? null;
  };
  return { always: to("always"), busy: to("busy"), noanswer: to("noanswer") };
}

function requireForwardable({ keys, widths }: Facts, address: SipAddress, to: string): void {
  if (to.length > widths.attribute) {
    throw failed(
      "invalid",
      `to is too long: usr_preferences holds ${widths.attribute} characters.`,
    );
  }
  const target = parseSipAddress(to);
  if (target !== undefined && keys.same(target, address)) {
    throw failed("invalid", `${formatSipAddress(address)} can't be forwarded to itself.`);
  }
}
