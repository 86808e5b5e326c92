import type { Facts } from "../changes/facts";
import type { IfExists } from "../model/if-exists";
import { countOf, joined, type NumberRange, without } from "../model/number-range";
import { failed } from "../model/refusal";
import type { SipAddress } from "../model/sip-address";
import { destinationFor, lead } from "./aliases";
import { addNumberTo, inUse, poolHas, takeNumber, useOf } from "./pool";
import { inPool, notInPool, notKamailios } from "./refusals";
import { rule } from "./rule";

const named = (numbers: readonly { readonly number: string }[]) => ({
  numbers: numbers.map(({ number }) => number),
});

export interface WantedNumber {
  readonly number: string;
  readonly ifExists: IfExists;
  /** Whether a number that is in use is refused, or passed over. */
  readonly ifInUse: "refuse" | "pass";
}

/** numbers/add, and the rows of an import: a number in use is never in the pool. */
export const addNumber = rule<WantedNumber, "added" | "skipped" | "inuse">({
  locks: ["addresses", "numbers"],
  asks: [named],
  decide(facts, { number, ifExists, ifInUse }) {
    if (poolHas(facts, number)) {
      if (ifExists === "fail") throw inPool(number);
      return "skipped";
    }
    const used = inUse(facts, number);
    if (used === undefined) {
      addNumberTo(facts, number);
      return "added";
    }
    if (ifInUse === "refuse") throw used;
    return "inuse";
  },
});

/** numbers/remove. */
export const removeNumber = rule<{ number: string }, string>({
  locks: ["numbers"],
  asks: [named],
  decide(facts, { number }) {
    if (!poolHas(facts, number)) throw notInPool(number);
    takeNumber(facts, number);
    return number;
  },
});

export interface AddedRange {
  readonly added: number;
  readonly existing: number;
  readonly inuse: number;
}

/** numbers/add_range: what the pool has already is left, what is in use stays out. */
export const addRange = rule<NumberRange, AddedRange>({
  locks: ["addresses", "numbers"],
  alone: true,
  asks: [(ranges) => ({ ranges })],
  decide(facts, range) {
    const { pool, used } = rangeFacts(facts, range);
    const existing = sum(pool.map(countOf));
    // What is in use and in the pool all the same is there already.
    const kept = joined([...pool, ...used.map((number) => ({ start: number, end: number }))]);
    const runs = without(range, kept);
    for (const run of runs) facts.add("number", run, {});
    const added = sum(runs.map(countOf));
    return { added, existing, inuse: range.count - added - existing };
  },
});

/** numbers/remove_range: numbers that the pool does not have are passed over. */
export const removeRange = rule<NumberRange, number>({
  locks: ["numbers"],
  alone: true,
  asks: [(ranges) => ({ ranges })],
  decide(facts, range) {
    const { pool } = rangeFacts(facts, range);
    for (const run of pool) {
      facts.learn("number", run, {});
      facts.remove("number", run);
    }
    return sum(pool.map(countOf));
  },
});

function rangeFacts(facts: Facts, { start, end }: NumberRange) {
  return facts.ranges.get(`${start} ${end}`) ?? { pool: [], used: [] };
}

export interface NumberToAssign {
  /** Left out, any that the search matches. */
  readonly number?: string | undefined;
  readonly search?: string | undefined;
  readonly address: SipAddress;
}

export interface AssignedNumber {
  readonly number: string;
  readonly alias: SipAddress;
  readonly destination: SipAddress;
}

/** numbers/assign: takes a number from the pool and makes it an account's alias. */
export const assignNumber = rule<NumberToAssign, AssignedNumber>({
  locks: ["addresses", "numbers"],

  asks: [
    (wanted) => {
      const addresses = wanted.map(({ address }) => address);
      return {
        accounts: addresses,
        aliasesOf: addresses,
        domains: addresses.map(({ domain }) => domain),
        numbers: wanted.flatMap(({ number }) => number ?? []),
      };
    },
    // What can refuse cheaply comes before a number is looked for.
    (wanted, facts) => {
      const any = wanted.filter(
        ({ number, address }) => number === undefined && facts.has("subscriber", address),
      );
      return { draw: new Map(any.map(({ search = "" }) => [search, any.length])) };
    },
  ],

  decide(facts, { number: given, search, address }) {
    const { domain } = address;
    if (!facts.has("domain", domain)) throw notKamailios(domain, "nonexistant");
    const destination = destinationFor(facts, address);
    const number = given ?? anyNumber(facts, search);
    const used = useOf(facts, number);
    if (used !== undefined) throw used;
    if (!poolHas(facts, number)) throw notInPool(number);
    const alias = { username: number, domain };
    lead(facts, alias, destination);
    return { number, alias, destination };
  },
});

/** One of those that were drawn and that nobody has got since. */
function anyNumber(facts: Facts, search: string | undefined): string {
  const number = facts.drawn.get(search ?? "")?.find((drawn) => poolHas(facts, drawn));
  if (number !== undefined) return number;
  const which =
    search === undefined ? "The pool has no number" : `No number matches ${JSON.stringify(search)}`;
  const used = (facts.passedOver.get(search ?? "") ?? 0) > 0;
  throw failed("empty", used ? `${which} that is no alias already.` : `${which}.`);
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** For mends: takes numbers out of the pool that are in use all the same. */
export const withdrawUsed = rule<{ number: string }, boolean>({
  locks: ["addresses", "numbers"],
  asks: [named],
  decide(facts, { number }) {
    if (!poolHas(facts, number) || useOf(facts, number) === undefined) return false;
    takeNumber(facts, number);
    return true;
  },
});
