import { BlockList, isIP } from "node:net";

/** An IP address or a network in CIDR notation, v4 or v6, as it is stored; undefined where it is none. */
export function parseHostAddress(text: string): string | undefined {
  const [address = "", prefix, ...more] = text.trim().toLowerCase().split("/");
  const version = isIP(address);
  if (version === 0 || address.includes("%") || more.length > 0) return undefined;
  if (prefix === undefined) return address;
  const longest = version === 4 ? 32 : 128;
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > longest) return undefined;
  return `${address}/${Number(prefix)}`;
}

/** Whether one of a machine's addresses is the host's, or in its network. */
export function hostMatches(host: string, addresses: readonly string[]): boolean {
  const [address = "", prefix] = host.split("/");
  const list = new BlockList();
  const family = familyOf(address);
  if (family === undefined) return false;
  if (prefix === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(prefix), family);
  return addresses.some((each) => {
    const its = familyOf(each);
    return its !== undefined && list.check(each, its);
  });
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? "ipv4" : "ipv6";
}
