import { formatSipAddress, type SipAddress } from "../model/sip-address";
import type { Change, KeyOf, ValueOf, What } from "./change";

/** How a kind of things is shown to people and programs, and what of it is for whose eyes. */
interface Shown<W extends What> {
  /** The thing's name. */
  key(key: KeyOf<W>): string;
  /** The addresses that a Change of it is about: by them its record is found. */
  addresses?(key: KeyOf<W>, values: Partial<ValueOf<W>>): readonly SipAddress[];
  /** Another form of its fields. */
  fields?(values: Partial<ValueOf<W>>, key: KeyOf<W>): Readonly<Record<string, unknown>>;
  /** Fields that are shown to nobody: what a login is checked against. */
  readonly hidden?: readonly (keyof ValueOf<W>)[];
}

const address = (key: SipAddress) => formatSipAddress(key);
const itself = (key: SipAddress) => [key];

const SHOWN: { readonly [W in What]: Shown<W> } = {
  subscriber: { key: address, addresses: itself },
  user: { key: address, addresses: itself },
  attribute: {
    key: ({ address, attribute }) => `${formatSipAddress(address)} ${attribute}`,
    addresses: ({ address }) => [address],
    fields: ({ values = [] }, { attribute }) => ({
      [attribute]: values.map(({ value }) => value).join(", "),
    }),
  },
  group: {
    key: ({ address, group }) => `${formatSipAddress(address)} ${group}`,
    addresses: ({ address }) => [address],
  },
  disabled: { key: address, addresses: itself },
  seen: { key: address },
  alias: {
    key: address,
    addresses: (key, { destinations = [] }) => [key, ...destinations],
    fields: ({ destinations = [] }) => ({ destinations: destinations.map(formatSipAddress) }),
  },
  phone: {
    key: ({ mac, address }) => `${mac} ${formatSipAddress(address)}`,
    addresses: ({ address }) => [address],
  },
  phoneModel: { key: (mac) => mac },
  heldNumber: { key: (number) => number },
  number: { key: ({ start, end }) => (start === end ? start : `${start} to ${end}`) },
  domain: { key: (domain) => domain },
  servers: { key: (domain) => domain },
  operator: { key: (id) => id, hidden: ["passwordHash"] },
  apiKey: { key: (id) => id, hidden: ["digest"] },
  manager: { key: address, addresses: itself },
  rights: {
    key: ({ operatorId, extension }) => `${operatorId} ${formatSipAddress(extension)}`,
    addresses: ({ extension }) => [extension],
  },
};

const shownOf = <W extends What>(what: W): Shown<W> => SHOWN[what] as unknown as Shown<W>;

/** Fields that only those may see who may see an account's password. */
export const SECRET_FIELDS = ["password", "ha1", "ha1b"] as const;

/** A Change as it is answered. */
export interface RenderedChange {
  readonly what: What;
  readonly key: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export function rendered({ what, key, before, after }: Change): RenderedChange {
  return {
    what,
    key: nameOf(what, key),
    before: side(what, key, before),
    after: side(what, key, after),
  };
}

/** A thing's name, as people read it. */
export const nameOf = <W extends What>(what: W, key: KeyOf<W>): string => shownOf(what).key(key);

/** The addresses that a Change is about. */
export function addressesOf({ what, key, before, after }: Change): SipAddress[] {
  const { addresses } = shownOf(what);
  if (addresses === undefined) return [];
  const sides = [before, after].flatMap((values) => (values === null ? [] : [values]));
  return sides.flatMap((values) => [...addresses(key as never, values as never)]);
}

function side<W extends What>(what: W, key: KeyOf<W>, values: Partial<ValueOf<W>> | null) {
  if (values === null) return null;
  const { fields, hidden = [] } = shownOf(what);
  const shown = fields?.(values, key) ?? values;
  return Object.fromEntries(
    Object.entries(shown).filter(([name]) => !(hidden as readonly string[]).includes(name)),
  );
}
