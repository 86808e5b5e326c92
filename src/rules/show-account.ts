import type { ExtensionName } from "../model/extension-name";
import type { SipAddress } from "../model/sip-address";
import { isNumber } from "../store/kamailio/aliases";
import type { OperatorRecord } from "../store/provisioning/operators";
import type { DomainServers } from "../store/provisioning/servers";
import { type KnownAccount, requireAccount } from "./accounts";
import {
  asksForExtensions,
  asksForManagers,
  extensionsNamed,
  managerOf,
  requireExtension,
} from "./extensions";
import { forwardsOf } from "./forwards";
import { rule } from "./rule";

export interface ShownAccount extends KnownAccount {
  readonly aliases: readonly SipAddress[];
  readonly number: string | null;
  readonly phones: readonly string[];
  /** Where all of its calls go. */
  readonly forward: string | null;
  /** Unix seconds. */
  readonly lastSeen: number | null;
  readonly manager: OperatorRecord | undefined;
  /** Those that new accounts of its domain get. */
  readonly servers: DomainServers | null;
}

/** user/show: everything about one account, found by any name it has. What is asked is decided like what is changed. */
export const showAccount = rule<{ extension: ExtensionName }, ShownAccount>({
  locks: [],
  asks: [
    ...asksForExtensions,
    (wanted, facts) => {
      const addresses = wanted.flatMap(({ extension }) => extensionsNamed(facts, extension));
      return {
        aliasesOf: addresses,
        phonesOf: addresses,
        rightsOn: addresses,
        seenOf: addresses,
        serversOf: addresses.map(({ domain }) => domain.toLowerCase()),
      };
    },
    asksForManagers,
  ],
  decide(facts, { extension }) {
    const account = requireAccount(facts, requireExtension(facts, extension));
    const { address } = account;
    const aliases = facts.on("alias", address).map(({ key }) => key);
    return {
      ...account,
      aliases,
      number: aliases.find(isNumber)?.username ?? null,
      phones: facts.on("phone", address).map(({ key }) => key.mac),
      forward: forwardsOf(facts, address).always,
      lastSeen: facts.get("seen", address)?.value.seen ?? null,
      manager: managerOf(facts, address),
      servers: facts.get("servers", address.domain.toLowerCase())?.value ?? null,
    };
  },
});
