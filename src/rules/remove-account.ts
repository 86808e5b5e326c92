import type { Facts } from "../changes/facts";
import { failed } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { asksToForget, forget, numbersAmong, requireAccount } from "./accounts";
import { backToPool } from "./pool";
import { rule } from "./rule";

export interface AccountToRemove {
  readonly address: SipAddress;
  /** Takes phones and aliases along. */
  readonly cascade: boolean;
  /** Unix seconds until which its numbers rest; null is not at all. */
  readonly until: number | null;
}

export interface RemovedAccount {
  readonly address: SipAddress;
  /** Whether its phones registered with Kamailio. */
  readonly local: boolean;
  readonly aliases: readonly SipAddress[];
  readonly phones: readonly string[];
  /** Those that are back in the pool, or rest until they are. */
  readonly numbers: readonly string[];
}

/** user/remove: nothing is left that a later account of the address would inherit. */
export const removeAccount = rule<AccountToRemove, RemovedAccount>({
  locks: ["addresses", "numbers"],

  asks: [
    (wanted) => {
      const addresses = wanted.map(({ address }) => address);
      return {
        ...asksToForget(addresses),
        aliasesOf: addresses,
        phonesOf: addresses,
      };
    },
    (wanted, facts) => ({
      numbers: numbersAmong(
        wanted.flatMap(({ address }) => facts.on("alias", address).map(({ key }) => key)),
      ),
    }),
  ],

  decide(facts, { address: asked, cascade, until }) {
    const { address, subscriber } = requireAccount(facts, asked);
    const phones = facts
      .on("phone", address)
      .map(({ key }) => key.mac)
      .sort();
    const aliases = facts.on("alias", address).map(({ key }) => key);
    if (!cascade) requireUnused(address, phones, aliases);
    for (const mac of phones) facts.remove("phone", { mac, address });
    const numbers = aliases.flatMap((alias) => leaveAlias(facts, alias, address, until));
    forget(facts, address);
    facts.remove("subscriber", address);
    facts.remove("user", address);
    return { address, local: subscriber !== undefined, aliases, phones, numbers };
  },
});

function requireUnused(
  address: SipAddress,
  phones: readonly string[],
  aliases: readonly SipAddress[],
): void {
  const shown = formatSipAddress(address);
  const uses = [
    ...phones.map((mac) => `phone ${mac}`),
    ...aliases.map((alias) => `alias ${formatSipAddress(alias)}`),
  ];
  if (uses.length === 0) return;
  const [mac] = phones;
  const [alias] = aliases;
  const commands = [
    ...(mac === undefined ? [] : [`hermes phone remove ${shown} ${mac}`]),
    ...(alias === undefined ? [] : [`hermes alias remove ${formatSipAddress(alias)}`]),
  ];
  throw failed(
    "inuse",
    `${shown} is in use by ${uses.join(", ")}. Remove those first (${commands.join(", ")}), or all of it: hermes user remove ${shown} --cascade`,
  );
}

/** Takes a destination from an alias, and the alias away where it was the only one. Answers a number that is free then. */
function leaveAlias(
  facts: Facts,
  alias: SipAddress,
  address: SipAddress,
  until: number | null,
): string[] {
  const { destinations = [] } = facts.get("alias", alias)?.value ?? {};
  const left = destinations.filter((destination) => !facts.keys.same(destination, address));
  if (left.length > 0) {
    facts.update("alias", alias, { destinations: left });
    return [];
  }
  facts.remove("alias", alias);
  return backToPool(facts, alias.username, until) ? [alias.username] : [];
}
