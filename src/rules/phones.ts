import type { Facts } from "../changes/facts";
import type { IfExists } from "../model/if-exists";
import type { PhoneModel } from "../model/phone";
import { failed } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { asksForPhones, requireAccount } from "./accounts";
import { unprovisioned } from "./refusals";
import { rule } from "./rule";

export interface PhoneOfAccount {
  readonly mac: string;
  readonly address: SipAddress;
}

/** What is said of a phone. A model that is left out stays, unless the vendor changes. */
export interface WantedModel {
  readonly vendor: string;
  readonly model?: string | undefined;
}

export interface WantedPhone extends PhoneOfAccount {
  readonly ifExists: IfExists;
  readonly is?: WantedModel | undefined;
}

export interface AddedPhone extends PhoneOfAccount {
  readonly outcome: "added" | "updated" | "skipped";
}

const asks = [
  asksForPhones,
  (wanted: readonly WantedPhone[]) => {
    const described = wanted.filter(({ is }) => is !== undefined);
    return described.length === 0 ? {} : { phones: described.map(({ mac }) => mac) };
  },
];

/** phone/add: a phone can have several accounts, an account several phones. */
export const addPhone = rule<WantedPhone, AddedPhone>({
  locks: ["addresses"],
  asks,
  decide(facts, { mac, address: asked, ifExists, is }) {
    const { user } = requireAccount(facts, asked);
    if (user === undefined) throw unprovisioned(asked);
    const address = facts.get("user", asked)?.key ?? asked;
    if (!facts.has("phone", { mac, address })) {
      facts.add("phone", { mac, address }, {});
      if (is !== undefined) describe(facts, mac, is);
      return { outcome: "added", mac, address };
    }
    if (ifExists === "fail") {
      throw failed("exists", `Phone ${mac} has ${formatSipAddress(address)} already.`);
    }
    const updated = ifExists === "update" && is !== undefined && describe(facts, mac, is);
    return { outcome: updated ? "updated" : "skipped", mac, address };
  },
});

/** phone/remove. What the phone is stays known: it may be given to somebody else. */
export const removePhone = rule<PhoneOfAccount, PhoneOfAccount>({
  locks: ["addresses"],
  asks: [(wanted) => ({ phonesOf: wanted.map(({ address }) => address) })],
  decide(facts, { mac, address }) {
    if (facts.remove("phone", { mac, address })) return { mac, address };
    throw failed("nonexistant", `Phone ${mac} does not have ${formatSipAddress(address)}.`);
  },
});

/** phone/set: what a phone is, so that its configuration can be made. */
export const setPhone = rule<{ mac: string; is: WantedModel }, PhoneModel & { mac: string }>({
  locks: ["addresses"],
  asks: [(wanted) => ({ phones: wanted.map(({ mac }) => mac) })],
  decide(facts, { mac, is }) {
    if (facts.on("phone", mac).length === 0) throw noPhone(mac);
    describe(facts, mac, is);
    const { vendor = is.vendor, model = null } = facts.get("phoneModel", mac)?.value ?? {};
    return { mac, vendor, model };
  },
});

export const noPhone = (mac: string) =>
  failed("nonexistant", `Phone ${mac} has no account. Give it one: hermes phone add <user> ${mac}`);

/** Answers whether anything changed. */
function describe(facts: Facts, mac: string, { vendor, model }: WantedModel): boolean {
  const before = facts.get("phoneModel", mac)?.value;
  if (before === undefined) {
    facts.add("phoneModel", mac, { vendor, model: model ?? null });
    return true;
  }
  const kept = before.vendor === vendor ? before.model : null;
  return facts.update("phoneModel", mac, { vendor, model: model ?? kept });
}
