import { judgeSecrets } from "../model/secrets-verdict";
import type { SipAddress } from "../model/sip-address";
import { accountAt, asksForPhones } from "./accounts";
import { setPassword } from "./change-account";
import { rule } from "./rule";

// What doctor can put right without anybody's judgement. Each answers whether there was anything to do:
// things may have changed since they were found.

/** Repetitions of an alias that lead to the same destination. */
export const mendDuplicate = rule<SipAddress, boolean>({
  locks: ["addresses"],
  asks: [(aliases) => ({ aliases })],
  decide(facts, alias) {
    const { destinations = [] } = facts.get("alias", alias)?.value ?? {};
    const [first, ...others] = destinations;
    if (first === undefined || others.length === 0) return false;
    if (!others.every((other) => facts.keys.same(other, first))) return false;
    return facts.update("alias", alias, { destinations: [first] });
  },
});

/** A phone of an account that is gone. */
export const mendPhone = rule<{ mac: string; address: SipAddress }, boolean>({
  locks: ["addresses"],
  asks: [asksForPhones],
  decide: (facts, { mac, address }) =>
    accountAt(facts, address) === undefined && facts.remove("phone", { mac, address }),
});

/** Password and digests that do not agree: the password that registers becomes everybody's. */
export const mendPassword = rule<SipAddress, boolean>({
  locks: ["addresses"],
  asks: [(addresses) => ({ accounts: addresses })],
  decide(facts, asked) {
    const { address, subscriber, user } = accountAt(facts, asked) ?? {};
    if (address === undefined || subscriber === undefined) return false;
    const provisioned = user?.password ?? null;
    const password = judgeSecrets({ ...address, ...subscriber, provisioned })?.password;
    return password !== undefined && setPassword(facts, address, password);
  },
});
