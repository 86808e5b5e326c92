import type { Facts } from "../changes/facts";
import type { IfExists } from "../model/if-exists";
import { failed } from "../model/refusal";
import { formatSipAddress, type SipAddress } from "../model/sip-address";
import { isNumber } from "../store/kamailio/aliases";
import { accountAt, locksToUse, numbersAmong, takeFromPool } from "./accounts";
import { backToPool, putBackDue } from "./pool";
import { accountExists, aliasExists, noLocalAccount, notKamailios } from "./refusals";
import { rule } from "./rule";

export interface WantedAlias {
  readonly alias: SipAddress;
  readonly destination: SipAddress;
  readonly ifExists: IfExists;
}

export interface AddedAlias {
  readonly outcome: "added" | "updated" | "skipped";
  readonly alias: SipAddress;
  readonly destination: SipAddress;
}

/** alias/add: an alias in one of Kamailio's domains that leads to an account or an outside address. */
export const addAlias = rule<WantedAlias, AddedAlias>({
  locks: ["addresses", "numbers"],
  locksOf: ({ alias }) => locksToUse(alias),

  asks: [
    (wanted) => {
      const aliases = wanted.map(({ alias }) => alias);
      const destinations = wanted.map(({ destination }) => destination);
      return {
        accounts: [...aliases, ...destinations],
        aliases,
        aliasesOf: destinations,
        numbers: numbersAmong(aliases),
        domains: [...aliases, ...destinations].map(({ domain }) => domain),
      };
    },
  ],

  decide(facts, { alias, destination: asked, ifExists }) {
    if (!facts.has("domain", alias.domain)) throw notKamailios(alias.domain, "nxdomain");
    if (accountAt(facts, alias) !== undefined) throw accountExists(alias);
    const known = facts.get("alias", alias);
    if (known !== undefined && ifExists !== "update") {
      if (ifExists === "fail") throw aliasExists(alias, known.value.destinations);
      return { outcome: "skipped", alias: known.key, destination: asked };
    }
    const destination = destinationFor(facts, asked);
    const outcome = lead(facts, known?.key ?? alias, destination);
    return { outcome, alias: known?.key ?? alias, destination };
  },
});

/** A destination in one of Kamailio's domains must be a subscriber; it is spelled as stored. */
export function destinationFor(facts: Facts, asked: SipAddress): SipAddress {
  if (!facts.has("domain", asked.domain)) return asked;
  const subscriber = facts.get("subscriber", asked);
  if (subscriber === undefined) throw noLocalAccount(asked);
  return subscriber.key;
}

/** Lets an alias lead to an address, which has one E.164 number at most. */
export function lead(facts: Facts, alias: SipAddress, destination: SipAddress) {
  const known = facts.get("alias", alias);
  const [only, ...others] = known?.value.destinations ?? [];
  if (only !== undefined && others.length === 0 && facts.keys.same(only, destination)) {
    return "skipped";
  }
  requireNoSecondNumber(facts, alias, destination);
  facts.set("alias", alias, { destinations: [destination] });
  takeFromPool(facts, alias);
  return known === undefined ? "added" : "updated";
}

function requireNoSecondNumber(facts: Facts, alias: SipAddress, destination: SipAddress): void {
  const [present] = otherNumbers(facts, alias, destination);
  if (present === undefined) return;
  throw failed(
    "exists",
    `${formatSipAddress(destination)} has the E.164 alias ${formatSipAddress(present)} already.`,
  );
}

/** Where the alias is an E.164 number: the others that the destination has, which may have one. */
export function otherNumbers(facts: Facts, alias: SipAddress, destination: SipAddress) {
  if (!isNumber(alias)) return [];
  const numbers = facts.on("alias", destination).map(({ key }) => key);
  return numbers.filter((number) => isNumber(number) && !facts.keys.same(number, alias));
}

/** alias/remove. A number that nobody has then stays out of the pool: numbers/release puts it back. */
export const removeAlias = rule<SipAddress, SipAddress>({
  locks: ["addresses"],
  asks: [(aliases) => ({ aliases })],
  decide(facts, alias) {
    if (facts.remove("alias", alias)) return alias;
    throw noAlias(formatSipAddress(alias));
  },
});

export const noAlias = (shown: string) => failed("nonexistant", `There is no alias ${shown}.`);

/** A number, or the alias that it is in one domain. */
export interface NumberToRelease {
  readonly number: string;
  readonly domain: string | undefined;
  /** Unix seconds until which it rests first; null is not at all. */
  readonly until: number | null;
}

export interface ReleasedNumber {
  readonly number: string;
  readonly alias: SipAddress;
  readonly until: number | null;
}

/** numbers/release: takes an E.164 alias away and puts its number back in the pool. */
export const releaseNumber = rule<NumberToRelease, ReleasedNumber>({
  locks: ["addresses", "numbers"],
  asks: [(wanted) => ({ numbers: wanted.map(({ number }) => number), due: true })],
  decide(facts, { number, domain, until }) {
    putBackDue(facts);
    const all = facts.on("alias", number).map(({ key }) => key);
    const asked = domain === undefined ? number : `${number}@${domain}`;
    const [released] = all.filter(
      (alias) => domain === undefined || alias.domain.toLowerCase() === domain,
    );
    if (released === undefined) throw noAlias(asked);
    const others = all.filter((alias) => alias !== released).map(formatSipAddress);
    if (others.length > 0) {
      throw failed(
        "inuse",
        `${number} is the aliases ${[formatSipAddress(released), ...others].join(" and ")}. Remove all but one of them first: hermes alias remove ${others[0]}`,
      );
    }
    facts.remove("alias", released);
    const back = backToPool(facts, number, until);
    return { number, alias: released, until: back ? until : null };
  },
});
