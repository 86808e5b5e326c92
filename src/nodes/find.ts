import type { SipAddress } from "../model/sip-address";
import { noAccount } from "../rules/refusals";
import type { Account } from "../store/accounts";
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
