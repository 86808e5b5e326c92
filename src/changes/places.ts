import type { AddressKeys } from "../model/address-keys";
import { looksLikeE164 } from "../model/e164-form";
import type { SipAddress } from "../model/sip-address";
import type { KeyOf, ValueOf, What } from "./change";

/** The same text for keys that are the same to the database. */
const TEXTS: { readonly [W in What]: (key: KeyOf<W>, keys: AddressKeys) => string } = {
  subscriber: (address, keys) => keys.of(address),
  user: (address, keys) => keys.of(address),
  attribute: ({ address, attribute }, keys) => `${attribute} ${keys.of(address)}`,
  group: ({ address, group }, keys) => `${group} ${keys.of(address)}`,
  disabled: (address, keys) => keys.of(address),
  seen: (address, keys) => keys.of(address),
  alias: (address, keys) => keys.of(address),
  phone: ({ mac, address }, keys) => `${mac} ${keys.of(address)}`,
  phoneModel: (mac) => mac,
  number: ({ start, end }) => (start === end ? start : `${start} ${end}`),
  heldNumber: (number) => number,
  domain: (domain) => domain,
  servers: (domain) => domain,
  operator: (id) => id,
  apiKey: (id) => id,
  manager: (address, keys) => keys.of(address),
  rights: ({ operatorId, extension }, keys) => `${operatorId} ${keys.of(extension)}`,
};

/** What a thing hangs on, where it hangs on something. */
const OWNERS: {
  readonly [W in What]?: (key: KeyOf<W>, value: ValueOf<W>) => readonly (SipAddress | string)[];
} = {
  attribute: ({ address }) => [address],
  group: ({ address }) => [address],
  // A number is looked for in whatever domain it is an alias or an account.
  subscriber: ({ username }) => (looksLikeE164(username) ? [username] : []),
  alias: ({ username }, { destinations }) =>
    looksLikeE164(username) ? [username, ...destinations] : destinations,
  phone: ({ mac, address }) => [mac, address],
  manager: (_extension, { operatorId }) => [operatorId],
  rights: ({ operatorId, extension }) => [operatorId, extension],
  apiKey: (_id, { operatorId }) => (operatorId === null ? [] : [operatorId]),
};

export function placeOf<W extends What>(what: W, key: KeyOf<W>, keys: AddressKeys): string {
  return TEXTS[what](key, keys);
}

export function ownersOf<W extends What>(
  what: W,
  key: KeyOf<W>,
  value: ValueOf<W>,
  keys: AddressKeys,
): string[] {
  const owners = OWNERS[what]?.(key, value) ?? [];
  return owners.map((owner) => (typeof owner === "string" ? owner : keys.of(owner)));
}
