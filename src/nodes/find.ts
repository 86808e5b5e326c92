import type { SipAddress } from "../model/sip-address";
import { noAccount, notLocal } from "../rules/refusals";
import type { Account } from "../store/accounts";
import type { Subscriber } from "../store/kamailio/subscribers";
import type { Stores } from "../store/stores";

/** The account, local or remote; refuses with `nonexistant`. */
export async function findAccount(
  { accounts }: Pick<Stores, "accounts">,
  address: SipAddress,
): Promise<Account> {
  const account = await accounts.find(address);
  if (account === undefined) throw noAccount(address);
  return account;
}

/** The account as Kamailio knows it; refuses with `nonexistant`, for a remote account as well. */
export async function findSubscriber(
  stores: Pick<Stores, "accounts">,
  address: SipAddress,
): Promise<Subscriber> {
  const { subscriber } = await findAccount(stores, address);
  if (subscriber === undefined) throw notLocal(address);
  return subscriber;
}
