import type { Location } from "../model/location";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { KamailioError, type Rpc } from "./rpc";

const TABLE = "location";

interface LookupAnswer {
  Contacts?: { Contact: { Address: string; Expires: number | string; "User-Agent"?: string } }[];
}

/** Where an address is registered as Kamailio has it in memory. */
export interface Registration {
  /** The address as usrloc keeps it: without its domain where `use_domain` is off. */
  readonly aor: string;
  readonly locations: Location[];
}

/** What usrloc has in memory of an address, or undefined where that is nothing. */
export async function lookUp(
  rpc: Rpc,
  address: SipAddress,
  now: number,
): Promise<Registration | undefined> {
  for (const aor of [formatSipAddress(address), address.username]) {
    const answer = await lookUpAor(rpc, aor);
    if (answer === undefined) continue;
    const locations = (answer.Contacts ?? []).flatMap(({ Contact: contact }) => {
      const expires = expiry(contact.Expires, now);
      if (expires === undefined) return [];
      return [{ contact: contact.Address, useragent: contact["User-Agent"] ?? "", expires }];
    });
    return { aor, locations };
  }
  return undefined;
}

/** Ends every registration of an address. */
export async function unregister(rpc: Rpc, { aor }: Registration): Promise<void> {
  await rpc.command("ul.rm", [TABLE, aor]);
}

async function lookUpAor(rpc: Rpc, aor: string): Promise<LookupAnswer | undefined> {
  try {
    return (await rpc.ask("ul.lookup", [TABLE, aor])) as LookupAnswer;
  } catch (error) {
    // The second is what `use_domain` says to an address without a domain.
    const none = /AOR not found|Domain missing/i;
    if (error instanceof KamailioError && none.test(error.words)) return undefined;
    throw error;
  }
}

/** Unix seconds; 0 for a permanent contact; undefined for one that is over. */
function expiry(left: number | string, now: number): number | undefined {
  if (left === "permanent") return 0;
  const seconds = Number(left);
  return seconds > 0 ? now + seconds : undefined;
}
