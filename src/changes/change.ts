import type { NumberSpan } from "../model/number-range";
import type { HeldValues } from "../model/number-state";
import type { PhoneModel } from "../model/phone";
import type { SipAddress } from "../model/sip-address";
import type { AliasValues } from "../store/kamailio/aliases";
import type { DomainValues } from "../store/kamailio/domains";
import type { AttributeValues } from "../store/kamailio/preferences";
import type { SubscriberValues } from "../store/kamailio/subscribers";
import type { ApiKeyValues } from "../store/provisioning/api-keys";
import type { SecretsAside } from "../store/provisioning/disabled-accounts";
import type { RightsValues } from "../store/provisioning/extension-rights";
import type { OperatorValues } from "../store/provisioning/operators";
import type { DomainServers } from "../store/provisioning/servers";
import type { PhoneSettings } from "../store/provisioning/users";

/** Everything that Hermes changes: what it is told apart by, and what is kept of it. */
export interface Kinds {
  /** An account as Kamailio knows it: `subscriber`, and `usr_preferences` for what that has no column for. */
  readonly subscriber: Kind<SipAddress, SubscriberValues>;
  /** An account as phones are configured from it: `users`. */
  readonly user: Kind<SipAddress, PhoneSettings>;
  /** Any other attribute in `usr_preferences`. */
  readonly attribute: Kind<AttributeKey, AttributeValues>;
  /** A group that an account is in: `grp`. */
  readonly group: Kind<GroupKey, Nothing>;
  /** That an account is disabled, and the secrets it is to have again: `disabled_accounts`. */
  readonly disabled: Kind<SipAddress, SecretsAside>;
  /** When an account last had a phone registered, in unix seconds: `last_seen`. */
  readonly seen: Kind<SipAddress, { readonly seen: number }>;
  /** `dbaliases`; the key is the alias. */
  readonly alias: Kind<SipAddress, AliasValues>;
  /** An account on a phone: `phones`. */
  readonly phone: Kind<PhoneKey, Nothing>;
  /** What a phone is, by its MAC address: `phone_models`. */
  readonly phoneModel: Kind<string, PhoneModel>;
  /** Numbers of the pool: `numbers`. A run of a million of them is one Change, with gaps in it too. */
  readonly number: Kind<NumberSpan, Nothing>;
  /** A number out of the pool for a while, reserved or resting: `held_numbers`. */
  readonly heldNumber: Kind<string, HeldValues>;
  /** Kamailio's `domain`. */
  readonly domain: Kind<string, DomainValues>;
  /** A domain's default servers: `servers`. */
  readonly servers: Kind<string, DomainServers>;
  /** `operators`, by id. */
  readonly operator: Kind<string, OperatorValues>;
  /** `api_keys`, by id. */
  readonly apiKey: Kind<string, ApiKeyValues>;
  /** Whom an extension belongs to: `managing_users`. */
  readonly manager: Kind<SipAddress, { readonly operatorId: string }>;
  /** What an operator may do with an extension: `extension_grants`. */
  readonly rights: Kind<RightsKey, RightsValues>;
}

interface Kind<Key, Value extends object> {
  readonly key: Key;
  readonly value: Value;
}

/** There is nothing to say of it but that it is there. */
export type Nothing = Readonly<Record<string, never>>;

export interface AttributeKey {
  readonly address: SipAddress;
  readonly attribute: string;
}

export interface GroupKey {
  readonly address: SipAddress;
  readonly group: string;
}

export interface PhoneKey {
  readonly mac: string;
  readonly address: SipAddress;
}

export interface RightsKey {
  readonly operatorId: string;
  readonly extension: SipAddress;
}

export type What = keyof Kinds;
export type KeyOf<W extends What> = Kinds[W]["key"];
export type ValueOf<W extends What> = Kinds[W]["value"];

/**
 * What stood at a place and what stands there then; null is nothing at all. Where there is something
 * before and after, both have those fields alone that differ. A key is spelled as stored.
 */
export type Change<W extends What = What> = {
  readonly [X in W]: {
    readonly what: X;
    readonly key: KeyOf<X>;
    readonly before: Partial<ValueOf<X>> | null;
    readonly after: Partial<ValueOf<X>> | null;
  };
}[W];

/** What takes a Change back. */
export function inverse(change: Change): Change {
  return { ...change, before: change.after, after: change.before } as Change;
}

/** What takes all of them back. */
export const inverses = (changes: readonly Change[]): Change[] => changes.map(inverse).reverse();

/** Those fields of `after` that differ from `before`, on both sides; undefined where none does. */
export function difference<V extends object>(
  before: V,
  after: Partial<V>,
): { before: Partial<V>; after: Partial<V> } | undefined {
  const names = (Object.keys(after) as (keyof V)[]).filter(
    (name) => after[name] !== undefined && !same(before[name], after[name]),
  );
  if (names.length === 0) return undefined;
  const pick = (from: Partial<V>) =>
    Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<V>;
  return { before: pick(before), after: pick(after) };
}

export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
