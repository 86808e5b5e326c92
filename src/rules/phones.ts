import type { IfExists } from "../model/if-exists";
import { failed } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { requireAccount } from "./accounts";
import { unprovisioned } from "./refusals";
import { rule } from "./rule";

export interface PhoneOfAccount {
  readonly mac: string;
  readonly address: SipAddress;
}

export interface WantedPhone extends PhoneOfAccount {
  readonly ifExists: IfExists;
}

export interface AddedPhone extends PhoneOfAccount {
  readonly outcome: "added" | "skipped";
}

const asks = [
  (wanted: readonly PhoneOfAccount[]) => {
    const addresses = wanted.map(({ address }) => address);
    return { accounts: addresses, phonesOf: addresses };
  },
];

/** phone/add: a phone can have several accounts, an account several phones. */
export const addPhone = rule<WantedPhone, AddedPhone>({
  locks: ["addresses"],
  asks,
  decide(facts, { mac, address: asked, ifExists }) {
    const { user } = requireAccount(facts, asked);
    if (user === undefined) throw unprovisioned(asked);
    const address = facts.get("user", asked)?.key ?? asked;
    if (!facts.has("phone", { mac, address })) {
      facts.add("phone", { mac, address }, {});
      return { outcome: "added", mac, address };
    }
    if (ifExists !== "fail") return { outcome: "skipped", mac, address };
    throw failed("exists", `Phone ${mac} has ${formatSipAddress(address)} already.`);
  },
});

/** phone/remove. */
export const removePhone = rule<PhoneOfAccount, PhoneOfAccount>({
  locks: ["addresses"],
  asks: [(wanted) => ({ phonesOf: wanted.map(({ address }) => address) })],
  decide(facts, { mac, address }) {
    if (facts.remove("phone", { mac, address })) return { mac, address };
    throw failed("nonexistant", `Phone ${mac} does not have ${formatSipAddress(address)}.`);
  },
});
