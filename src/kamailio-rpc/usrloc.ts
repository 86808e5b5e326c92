import type { Location } from "../model/location";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { KamailioError, type Rpc } from "./rpc";

const TABLE = "location";

interface LookupAnswer {
  Contacts?: {
    Contact: {
      Address: string;
      Expires: number | string;
      "User-Agent"?: string;
      Received?: string;
      Instance?: string;
    };
  }[];
}

/** A registration, with what it takes to reach the phone. */
export interface Contact extends Location {
  /** Where its packets came from as a SIP URI, behind NAT; else empty. */
  readonly received: string;
  /** RFC 5626's +sip.instance, where the phone has one. */
  readonly instance: string;
}

/** Where an address is registered as Kamailio has it in memory. */
export interface Registration {
  /** The address as usrloc keeps it: without its domain where `use_domain` is off. */
  readonly aor: string;
  readonly contacts: Contact[];
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
    const contacts = (answer.Contacts ?? []).flatMap(({ Contact: contact }) => {
      const expires = expiry(contact.Expires, now);
      if (expires === undefined) return [];
      return [
        {
          contact: contact.Address,
          useragent: contact["User-Agent"] ?? "",
          expires,
          received: given(contact.Received),
          instance: given(contact.Instance),
        },
      ];
    });
    return { aor, contacts };
  }
  return undefined;
}

/** usrloc's word for nothing. */
const given = (text = "") => (text === "[not set]" ? "" : text);

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
