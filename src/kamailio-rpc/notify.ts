import { formatSipAddress, type SipAddress } from "../model/sip-address";
import type { Rpc } from "./rpc";
import type { Contact } from "./usrloc";

/** What can stand between `<` and `>` without ending a header, or beginning another. */
const URI = /^[\x21-\x3b=\x3f-\x7e]+$/;

/**
 * Tells a phone that its configuration has changed: a NOTIFY for the event `check-sync`, which
 * phones take without a subscription (RFC 6665 has none either). Kamailio sends it and answers at
 * once; whether the phone heard it is not known. Answers whether it could be sent.
 */
export async function checkSync(
  rpc: Rpc,
  { contact, received, address }: Contact & { readonly address: SipAddress },
  { reboot }: { readonly reboot: boolean },
): Promise<boolean> {
  const to = `sip:${formatSipAddress(address)}`;
  if (![contact, to].every((uri) => URI.test(uri))) return false;
  const headers = [
    `From: <sip:${address.domain}>`,
    `To: <${to}>`,
    `Contact: <sip:${address.domain}>`,
    `Event: check-sync;reboot=${reboot}`,
    "Subscription-State: terminated",
  ];
  const fields = headers.map((header) => `${header}\r\n`).join("");
  // "." is Kamailio's word for none: no other next hop, no particular socket.
  await rpc.command("tm.t_uac_start", ["NOTIFY", contact, received || ".", ".", fields]);
  return true;
}
