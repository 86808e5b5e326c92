import { formatSipAddress } from "./sip-address";

/** An extension as people name it: an address, or the user part of one alone. */
export interface ExtensionName {
  readonly username: string;
  readonly domain: string | undefined;
}

export const formatExtensionName = ({ username, domain }: ExtensionName): string =>
  domain === undefined ? username : formatSipAddress({ username, domain });
