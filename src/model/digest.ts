import { hash } from "node:crypto";
import { formatSipAddress, type SipAddress } from "./sip-address";

const md5 = (text: string) => hash("md5", text);

/** Digest authentication secrets as Kamailio's `subscriber` keeps them, lower-case hex. */
export interface DigestSecrets {
  readonly ha1: string;
  readonly ha1b: string;
}

/**
 * HA1 = MD5(username:realm:password) (RFC 2617 3.2.2.2) and Kamailio's HA1b, the same over
 * username@domain for phones that send that as their name. The realm is the address's domain.
 */
export function digestSecrets(address: SipAddress, password: string): DigestSecrets {
  return {
    ha1: md5(`${address.username}:${address.domain}:${password}`),
    ha1b: md5(`${formatSipAddress(address)}:${address.domain}:${password}`),
  };
}
