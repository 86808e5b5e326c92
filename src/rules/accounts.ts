import type { Facts } from "../changes/facts";
import { looksLikeE164 } from "../model/e164-form";
import type { LockName } from "../model/lock-name";
import type { SipAddress } from "../model/sip-address";
import type { SubscriberValues } from "../store/kamailio/subscribers";
import type { SecretsAside } from "../store/provisioning/disabled-accounts";
import type { PhoneSettings } from "../store/provisioning/users";
import { takeNumber } from "./pool";
import { accountExists, aliasExists, noAccount, notKamailios, notLocal } from "./refusals";
import { rule } from "./rule";

/** An account as far as it is known. */
export interface KnownAccount {
  /** Spelled as stored. */
  readonly address: SipAddress;
  /** With the secrets that were set aside where it is disabled. */
  readonly subscriber: SubscriberValues | undefined;
  readonly user: PhoneSettings | undefined;
  readonly enabled: boolean;
}

export function accountAt(facts: Facts, address: SipAddress): KnownAccount | undefined {
  const subscriber = facts.get("subscriber", address);
  const user = facts.get("user", address);
  const stored = subscriber?.key ?? user?.key;
  if (stored === undefined) return undefined;
  const disabled = facts.get("disabled", address);
  return {
    address: stored,
    subscriber: subscriber && { ...subscriber.value, ...disabled?.value },
    user: user?.value,
    enabled: disabled === undefined,
  };
}

/** What is to be known of accounts that go, so that nothing of them stays: see {@link forget}. */
export const asksToForget = (addresses: readonly SipAddress[]) => ({
  accounts: addresses,
  groupsOf: addresses,
  rightsOn: addresses,
  seenOf: addresses,
});

/** The account, local or remote; refuses with `nonexistant`. */
export function requireAccount(facts: Facts, address: SipAddress): KnownAccount {
  const account = accountAt(facts, address);
  if (account === undefined) throw noAccount(address);
  return account;
}

/** The account as Kamailio knows it; refuses with `nonexistant`, for a remote account as well. */
export function requireSubscriber(facts: Facts, address: SipAddress) {
  const { subscriber, ...account } = requireAccount(facts, address);
  if (subscriber === undefined) throw notLocal(address);
  return { ...account, subscriber };
}

/** Refuses with `exists` where an account or an alias has the address. */
export function requireFree(facts: Facts, address: SipAddress): void {
  if (accountAt(facts, address) !== undefined) throw accountExists(address);
  const alias = facts.get("alias", address);
  if (alias !== undefined) throw aliasExists(address, alias.value.destinations);
}

/** Takes away what hangs on an address and no later account of it may inherit. */
export function forget(facts: Facts, address: SipAddress): void {
  for (const { key } of facts.on("attribute", address)) facts.remove("attribute", key);
  for (const { key } of facts.on("group", address)) facts.remove("group", key);
  for (const { key } of facts.on("rights", address)) facts.remove("rights", key);
  facts.remove("manager", address);
  facts.remove("disabled", address);
  facts.remove("seen", address);
}

/** Gives Kamailio an account's secrets; while it is disabled they are set aside with the others. */
export function setSecrets(facts: Facts, address: SipAddress, secrets: SecretsAside): boolean {
  return facts.update(facts.has("disabled", address) ? "disabled" : "subscriber", address, secrets);
}

/** A number that has become somebody's name is nobody else's to take. */
export function takeFromPool(facts: Facts, { username }: SipAddress): void {
  if (looksLikeE164(username)) takeNumber(facts, username);
}

/** What is locked for somebody who gets an address: the pool as well, where that is a number. */
export const locksToUse = ({ username }: SipAddress): LockName[] =>
  looksLikeE164(username) ? ["addresses", "numbers"] : ["addresses"];

/** The numbers among user parts, which the pool is asked for. */
export const numbersAmong = (addresses: readonly SipAddress[]): string[] =>
  addresses.flatMap(({ username }) => (looksLikeE164(username) ? [username] : []));

/** user/available: whether the address is free for a new account or alias. */
export const availableAddress = rule<SipAddress, void>({
  locks: [],
  asks: [
    (addresses) => ({
      accounts: addresses,
      aliases: addresses,
      domains: addresses.map(({ domain }) => domain),
    }),
  ],
  decide(facts, address) {
    requireFree(facts, address);
    if (!facts.has("domain", address.domain)) throw notKamailios(address.domain, "domain");
  },
});

const ofAccounts = (addresses: readonly SipAddress[]) => ({ accounts: addresses });

type AboutAccount = { readonly address: SipAddress };

/** What rules about one account each have to know: the account. */
export const asksForAccounts = (wanted: readonly AboutAccount[]) =>
  ofAccounts(wanted.map(({ address }) => address));

/** And its phones. */
export const asksForPhones = (wanted: readonly AboutAccount[]) => {
  const { accounts } = asksForAccounts(wanted);
  return { accounts, phonesOf: accounts };
};

/** user/get: what is asked is decided like what is changed, so that it goes along in a batch. */
export const accountOf = rule<SipAddress, KnownAccount>({
  locks: [],
  asks: [ofAccounts],
  decide: requireAccount,
});

/** permission/get. */
export const subscriberOf = rule<SipAddress, ReturnType<typeof requireSubscriber>>({
  locks: [],
  asks: [ofAccounts],
  decide: requireSubscriber,
});
