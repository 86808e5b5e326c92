import type { HeldValues, NumberState } from "../model/number-state";
import type { SipAddress } from "../model/sip-address";
import { asksForNumbers, heldAt, poolHas, useOf, whyNotFree } from "./pool";
import { rule } from "./rule";

/** All that is known of a number. */
export interface KnownNumber extends Omit<HeldValues, "state"> {
  readonly number: string;
  readonly state: NumberState;
  readonly alias: SipAddress | null;
  /** Where calls to it go: the alias's destination, or the account of that name. */
  readonly destination: SipAddress | null;
}

/** numbers/show: what somebody has is assigned, whatever else stands of it. */
export const showNumber = rule<{ number: string }, KnownNumber>({
  locks: [],
  asks: [asksForNumbers],
  decide(facts, { number }) {
    const [alias] = facts.on("alias", number);
    const [account] = facts.on("subscriber", number);
    const destination = alias?.value.destinations[0] ?? account?.key ?? null;
    const held = heldAt(facts, number);
    const known = { number, alias: alias?.key ?? null, destination, until: null, note: null };
    if (destination !== null) return { ...known, state: "assigned" };
    if (held !== undefined) return { ...known, ...held };
    return { ...known, state: poolHas(facts, number) ? "free" : "unknown" };
  },
});

/** numbers/inpool: whether it can be given out. */
export const numberInPool = rule<{ number: string }, string>({
  locks: [],
  asks: [asksForNumbers],
  decide(facts, { number }) {
    if (!poolHas(facts, number) || useOf(facts, number) !== undefined) {
      throw whyNotFree(facts, number);
    }
    return number;
  },
});
