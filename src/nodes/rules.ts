import { failed } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import type { Account } from "../store/accounts";
import type { Subscriber } from "../store/kamailio/subscribers";
import type { Stores } from "../store/stores";

/** The account, local or remote; refuses with `nonexistant`. */
export async function requireAccount(
  { accounts }: Pick<Stores, "accounts">,
  address: SipAddress,
): Promise<Account> {
  const account = await accounts.find(address);
  if (account === undefined) {
    throw failed("nonexistant", `There is no account ${formatSipAddress(address)}.`);
  }
  return account;
}

/** The account as Kamailio knows it; refuses with `nonexistant`, for a remote account as well. */
export async function requireSubscriber(
  { accounts }: Pick<Stores, "accounts">,
  address: SipAddress,
): Promise<Subscriber> {
  const { subscriber } = await requireAccount({ accounts }, address);
  if (subscriber === undefined) {
    throw failed(
      "nonexistant",
      `${formatSipAddress(address)} is a remote account: Kamailio has no subscriber of that address.`,
    );
  }
  return subscriber;
}

/** Refuses with `exists` where an account or an alias has the address. */
export async function requireFree(
  { accounts, aliases }: Pick<Stores, "accounts" | "aliases">,
  address: SipAddress,
): Promise<void> {
  const shown = formatSipAddress(address);
  if (await accounts.exists(address)) {
    throw failed("exists", `There is an account ${shown} already.`);
  }
  const alias = await aliases.find(address);
  if (alias !== undefined) {
    throw failed("exists", `${shown} is an alias of ${formatSipAddress(alias.destination)}.`);
  }
}
