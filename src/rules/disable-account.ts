import { digestSecrets } from "../model/digest";
import type { SipAddress } from "../model/sip-address";
import { asksForAccounts, requireSubscriber } from "./accounts";
import { rule } from "./rule";

/**
 * user/disable: the account keeps everything but its secrets, which are set aside. Kamailio gets a
 * password that nobody is told: to leave it without one would let in whoever sends an empty one.
 */
export const disableAccount = rule<{ address: SipAddress; newPassword: string }, SipAddress>({
  locks: ["addresses"],
  asks: [asksForAccounts],
  decide(facts, { address: asked, newPassword }) {
    const { address, subscriber, enabled } = requireSubscriber(facts, asked);
    if (enabled) {
      const { password, ha1, ha1b } = subscriber;
      facts.add("disabled", address, { password, ha1, ha1b });
      const nobodys = newPassword.slice(0, facts.widths.password);
      facts.update("subscriber", address, {
        password: nobodys,
        ...digestSecrets(address, nobodys),
      });
    }
    return address;
  },
});

/** user/enable: puts back what was set aside. */
export const enableAccount = rule<{ address: SipAddress }, SipAddress>({
  locks: ["addresses"],
  asks: [asksForAccounts],
  decide(facts, { address: asked }) {
    const { address } = requireSubscriber(facts, asked);
    const aside = facts.get("disabled", address);
    if (aside !== undefined) {
      facts.remove("disabled", address);
      facts.update("subscriber", address, aside.value);
    }
    return address;
  },
});
