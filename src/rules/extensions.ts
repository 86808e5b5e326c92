import type { Facts } from "../changes/facts";
import type { ExtensionName } from "../model/extension-name";
import {
  EVERY_PERMISSION,
  type ExtensionPermissions,
  holdsAny,
  NO_PERMISSION,
} from "../model/extension-rights";
import { failed, invalid } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import type { OperatorRecord } from "../store/provisioning/operators";
import { accountAt } from "./accounts";
import { newOperator, record, requireOperator, type WantedOperator } from "./operators";
import type { Question } from "./question";
import { type Asks, rule } from "./rule";

interface AboutExtension {
  readonly extension: ExtensionName;
}

/** What has to be known to tell which accounts extensions are. */
export const asksForExtensions: readonly Asks<AboutExtension>[] = [
  (wanted) => {
    const addresses = wanted.flatMap(({ extension }) => whole(extension) ?? []);
    const names = wanted.flatMap(({ extension: { username, domain } }) =>
      domain === undefined ? [username] : [],
    );
    return { accounts: addresses, aliases: addresses, named: names };
  },
  (wanted, facts) => ({
    accounts: wanted.flatMap(({ extension }) => {
      const address = whole(extension);
      if (address === undefined) return facts.meaningsOf(extension.username);
      return facts.get("alias", address)?.value.destinations ?? [];
    }),
  }),
];

/** Who the managers are that an earlier question found. */
export function asksForManagers(_wanted: readonly unknown[], facts: Facts): Question {
  return { operators: facts.all("manager").map(({ value }) => value.operatorId) };
}

/** And who manages them, and holds rights on them. */
const asksForRights: readonly Asks<AboutExtension>[] = [
  ...asksForExtensions,
  (wanted, facts) => ({
    rightsOn: wanted.flatMap(({ extension }) => extensionsNamed(facts, extension)),
  }),
  asksForManagers,
];

const whole = ({ username, domain }: ExtensionName): SipAddress | undefined =>
  domain === undefined ? undefined : { username, domain };

/** The accounts that a name may mean: one with a domain means one at most. */
export function extensionsNamed(facts: Facts, name: ExtensionName): SipAddress[] {
  const address = whole(name);
  const meant =
    address === undefined
      ? facts.meaningsOf(name.username)
      : [address, ...(facts.get("alias", address)?.value.destinations ?? [])];
  const found = new Map<string, SipAddress>();
  for (const each of meant) {
    const account = accountAt(facts, each);
    if (account === undefined) continue;
    found.set(facts.keys.of(account.address), account.address);
    // An account has its address before any alias.
    if (address !== undefined) break;
  }
  return [...found.values()];
}

/** The address of the account that the extension is; refuses with `nonexistant`. */
export function requireExtension(facts: Facts, name: ExtensionName): SipAddress {
  const [extension, ...others] = extensionsNamed(facts, name);
  const shown = name.domain === undefined ? name.username : `${name.username}@${name.domain}`;
  if (extension === undefined) {
    throw failed("nonexistant", `There is no account ${shown}, nor an alias that leads to one.`);
  }
  if (others.length > 0) {
    const all = [extension, ...others].map(formatSipAddress).join(", ");
    throw invalid("parameters", `${shown} may be any of ${all}. Give the whole address.`);
  }
  return extension;
}

/** The operator who manages the extension, where there is one. */
export function managerOf(facts: Facts, extension: SipAddress): OperatorRecord | undefined {
  const id = facts.get("manager", extension)?.value.operatorId;
  const operator = id === undefined ? undefined : facts.get("operator", id);
  return operator === undefined ? undefined : record(operator);
}

const unset = (extension: SipAddress) =>
  failed("unset", `${formatSipAddress(extension)} has no managing user.`);

/** extension/get_managing_user: what is asked is decided like what is changed. */
export const managingUser = rule<
  AboutExtension,
  { extension: SipAddress; manager: OperatorRecord }
>({
  locks: [],
  asks: asksForRights,
  decide(facts, { extension: name }) {
    const extension = requireExtension(facts, name);
    const manager = managerOf(facts, extension);
    if (manager === undefined) throw unset(extension);
    return { extension, manager };
  },
});

export interface ManagerChange {
  readonly extension: SipAddress;
  readonly manager: OperatorRecord;
  /** Whom the extension was taken from. */
  readonly previous: OperatorRecord | undefined;
}

/** extension/set_managing_user: it is taken from the operator who managed it before. */
export const setManager = rule<
  AboutExtension & { who: string; create: WantedOperator | undefined },
  ManagerChange
>({
  locks: ["addresses", "operators"],
  asks: [
    ...asksForRights,
    (wanted) => ({
      operators: wanted.flatMap(({ who, create }) => (create ? [who, create.id] : [who])),
    }),
  ],
  decide(facts, { extension: name, who, create }) {
    const extension = requireExtension(facts, name);
    const previous = managerOf(facts, extension);
    const manager = create ? newOperator(facts, create) : requireOperator(facts, who);
    if (previous?.id === manager.id) {
      throw failed(
        "exists",
        `${manager.username} is the managing user of ${formatSipAddress(extension)} already.`,
      );
    }
    facts.set("manager", extension, { operatorId: manager.id });
    return { extension, manager, previous };
  },
});

/** extension/clear_managing_user. */
export const clearManager = rule<
  AboutExtension,
  { extension: SipAddress; previous: OperatorRecord }
>({
  locks: ["addresses", "operators"],
  asks: asksForRights,
  decide(facts, { extension: name }) {
    const extension = requireExtension(facts, name);
    const previous = managerOf(facts, extension);
    if (previous === undefined) throw unset(extension);
    facts.remove("manager", extension);
    return { extension, previous };
  },
});

export interface RightsChange {
  readonly extension: SipAddress;
  readonly username: string;
  /** What the operator holds then: everything, where it manages. */
  readonly permissions: ExtensionPermissions;
}

/** extension/grant and revoke: `change` makes of what is granted what is to be. */
export const changeRights = rule<
  AboutExtension & { who: string; change: (granted: ExtensionPermissions) => ExtensionPermissions },
  RightsChange
>({
  locks: ["addresses", "operators"],
  asks: [...asksForRights, (wanted) => ({ operators: wanted.map(({ who }) => who) })],
  decide(facts, { extension: name, who, change }) {
    const extension = requireExtension(facts, name);
    const { id, username } = requireOperator(facts, who);
    const key = { operatorId: id, extension };
    const changed = change(facts.get("rights", key)?.value ?? NO_PERMISSION);
    const none = !holdsAny(changed) && changed.viewOtherPartyOverride === "NONE";
    if (none) facts.remove("rights", key);
    else facts.set("rights", key, changed);
    const manages = facts.get("manager", extension)?.value.operatorId === id;
    return { extension, username, permissions: manages ? EVERY_PERMISSION : changed };
  },
});
