const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const IPV6 = /^\[[0-9a-f:.]{2,45}\]$/;

/** Kamailio's `domain` columns are VARCHAR(64). */
export const DOMAIN_MAX = 64;

/**
 * The host part of a SIP address (RFC 3261 `host`: name, IPv4 or bracketed IPv6) in lower case,
 * or undefined where it is none or does not fit Kamailio's columns.
 */
export function parseDomain(text: string): string | undefined {
  const domain = text.trim().toLowerCase().replace(/\.$/, "");
  if (domain.length === 0 || domain.length > DOMAIN_MAX) return undefined;
  if (IPV6.test(domain)) return domain;
  if (IPV4.test(domain)) {
    return domain.split(".").every((octet) => Number(octet) <= 255) ? domain : undefined;
  }
  return domain.split(".").every((label) => LABEL.test(label)) ? domain : undefined;
}
