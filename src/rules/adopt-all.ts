import type { Recorded } from "../changes/recording";
import { Refusal } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { carryOut } from "./carry-out";
import { type AdoptedAccount, adoptAccount } from "./change-account";

/** Adopts every account of the scope that can be, a page at a time, and says which. */
export async function adoptAll(stores: Recorded, scope: Partial<SipAddress>) {
  const adopted: AdoptedAccount[] = [];
  const unserved = new Set<string>();
  for await (const page of stores.accounts.unprovisioned(scope)) {
    const outcomes = await carryOut(stores, adoptAccount, page);
    outcomes.forEach((outcome, index) => {
      // The only reason in which one of them can be refused: its domain has no servers.
      if (outcome instanceof Refusal) unserved.add(page[index]?.domain.toLowerCase() ?? "");
      else if (outcome !== undefined) adopted.push(outcome);
    });
  }
  return adoption(adopted, [...unserved]);
}

/** What was adopted, as it is answered. */
export function adoption(adopted: readonly AdoptedAccount[], unserved: readonly string[]) {
  const shown = (accounts: readonly AdoptedAccount[]) =>
    accounts.map(({ address }) => formatSipAddress(address)).sort();
  return {
    adopted: shown(adopted),
    without_password: shown(adopted.filter(({ withPassword }) => !withPassword)),
    ...(unserved.length > 0 ? { without_servers: [...unserved].sort() } : {}),
  };
}
