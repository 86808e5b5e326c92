import type { Change, KeyOf, ValueOf, What } from "../changes/change";
import type { Facts } from "../changes/facts";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { accountAt } from "./accounts";
import { otherNumbers } from "./aliases";

// What an undo may not leave behind: what was so once need not fit to what has come since.

interface Fit<W extends What> {
  /** What is wrong with a thing that is there again, or other than it was. */
  restored?(facts: Facts, key: KeyOf<W>, value: ValueOf<W>): readonly string[];
  /** What would hang in the air without a thing that goes. */
  removed?(facts: Facts, key: KeyOf<W>): readonly string[];
}

const shown = formatSipAddress;

const account: Fit<"subscriber"> & Fit<"user"> = {
  restored: (facts, key) => (facts.has("alias", key) ? [`${shown(key)} is an alias by now`] : []),
  removed(facts, key) {
    if (accountAt(facts, key) !== undefined) return [];
    // An alias may lead to any address but an empty one of Kamailio's domains.
    const aliases = facts.has("domain", key.domain) ? facts.on("alias", key) : [];
    return [
      ...facts.on("phone", key).map(({ key: { mac } }) => `${shown(key)} has phone ${mac}`),
      ...aliases.map((alias) => `${shown(key)} has alias ${shown(alias.key)}`),
      ...facts.on("attribute", key).map((each) => `${shown(key)} has ${each.key.attribute}`),
      ...facts.on("group", key).map((each) => `${shown(key)} is in group ${each.key.group}`),
      ...(facts.has("disabled", key) ? [`${shown(key)} is disabled`] : []),
      ...(facts.on("rights", key).length > 0 ? [`${shown(key)} has operators with rights`] : []),
      ...(facts.has("manager", key) ? [`${shown(key)} belongs to an operator`] : []),
    ];
  },
};

const FITS: { readonly [W in What]?: Fit<W> } = {
  subscriber: account,
  user: account,
  alias: {
    restored(facts, key, { destinations }) {
      if (accountAt(facts, key) !== undefined) return [`${shown(key)} is an account by now`];
      return destinations.flatMap((destination) => [
        ...nowhere(facts, destination),
        ...secondNumber(facts, key, destination),
      ]);
    },
  },
  group: { restored: (facts, { address }) => onAccount(facts, address) },
  disabled: { restored: (facts, address) => onAccount(facts, address) },
  attribute: { restored: (facts, { address }) => onAccount(facts, address) },
  phone: { restored: (facts, { address }) => onAccount(facts, address) },
  manager: {
    restored: (facts, key, { operatorId }) => [
      ...onAccount(facts, key),
      ...ofOperator(facts, operatorId),
    ],
  },
  rights: {
    restored: (facts, { operatorId, extension }) => [
      ...onAccount(facts, extension),
      ...ofOperator(facts, operatorId),
    ],
  },
  apiKey: {
    restored: (facts, _id, { operatorId }) =>
      operatorId === null ? [] : ofOperator(facts, operatorId),
  },
  operator: {
    restored(facts, id, { username }) {
      const others = facts.all("operator").filter(({ key }) => key !== id);
      return others.some(({ value }) => value.username === username)
        ? [`there is another operator ${username} by now`]
        : [];
    },
    removed: (facts, id) => [
      ...facts.on("manager", id).map(({ key }) => `${shown(key)} belongs to that operator`),
      ...facts
        .on("rights", id)
        .map(({ key }) => `that operator holds rights on ${shown(key.extension)}`),
      ...facts.on("apiKey", id).map(({ key }) => `that operator has API key ${key}`),
    ],
  },
};

/** What stands in the way of what these Changes have led to, a sentence each. */
export function misfits(facts: Facts, changes: readonly Change[]): string[] {
  const gone = new Set(
    changes.flatMap(({ what, key, after }) =>
      after === null && (what === "subscriber" || what === "user")
        ? [facts.keys.of(key as SipAddress)]
        : [],
    ),
  );
  const found = changes.flatMap(({ what, key, after }) => {
    const { restored, removed } = (FITS[what] ?? {}) as Fit<What>;
    if (after === null) return [...(removed?.(facts, key) ?? [])];
    const value = facts.get(what, key)?.value;
    // What some earlier account had left behind stands without one, as it did.
    const address = hangsOn(key);
    if (value === undefined || (address !== undefined && gone.has(facts.keys.of(address)))) {
      return [];
    }
    return [...(restored?.(facts, key, value) ?? [])];
  });
  return [...new Set(found)];
}

function hangsOn(key: KeyOf<What>): SipAddress | undefined {
  if (typeof key === "string") return undefined;
  if ("address" in key) return key.address;
  if ("extension" in key) return key.extension;
  return "username" in key ? key : undefined;
}

const onAccount = (facts: Facts, address: SipAddress) =>
  accountAt(facts, address) === undefined ? [`there is no account ${shown(address)}`] : [];

const ofOperator = (facts: Facts, id: string) =>
  facts.has("operator", id) ? [] : [`there is no operator ${id}`];

/** A destination in one of Kamailio's domains must be a subscriber. */
const nowhere = (facts: Facts, destination: SipAddress) =>
  facts.has("domain", destination.domain) && !facts.has("subscriber", destination)
    ? [`there is no local account ${shown(destination)}`]
    : [];

const secondNumber = (facts: Facts, alias: SipAddress, destination: SipAddress) =>
  otherNumbers(facts, alias, destination).map(
    (number) => `${shown(destination)} has the E.164 alias ${shown(number)} by now`,
  );
