import { parseDomain } from "./domain-name";

/** An address of record (RFC 3261 AoR) without its scheme: user part and domain, domain in lower case. */
export interface SipAddress {
  readonly username: string;
  readonly domain: string;
}

/** Kamailio's `username` columns are VARCHAR(64). */
export const USERNAME_MAX = 64;

// RFC 3261 25.1 `user`, less `%` escapes: Kamailio compares the unescaped text.
const USERNAME = /^[A-Za-z0-9\-_.!~*'()&=+$,;?/]+$/;

/** `alice@example.org`, `sip:alice@example.org` or `sips:…` → address, or undefined where it is none. */
export function parseSipAddress(text: string): SipAddress | undefined {
  const bare = text.trim().replace(/^sips?:/i, "");
  const at = bare.lastIndexOf("@");
  if (at < 1) return undefined;
  const username = bare.slice(0, at);
  const domain = parseDomain(bare.slice(at + 1));
  if (domain === undefined || username.length > USERNAME_MAX || !USERNAME.test(username)) {
    return undefined;
  }
  return { username, domain };
}

/** `username@domain`. */
export function formatSipAddress({ username, domain }: SipAddress): string {
  return `${username}@${domain}`;
}
