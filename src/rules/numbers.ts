import type { Facts } from "../changes/facts";
import type { IfExists } from "../model/if-exists";
import {
  countOf,
  dealt,
  joined,
  type NumberRange,
  runOf,
  runsOf,
  totalOf,
  without,
} from "../model/number-range";
import type { HeldValues } from "../model/number-state";
import { failed } from "../model/refusal";
import type { SipAddress } from "../model/sip-address";
import { destinationFor, lead } from "./aliases";
import {
  addNumberTo,
  alreadyThere,
  asksForNumbers,
  endHold,
  heldAt,
  inUse,
  poolHas,
  putBackDue,
  takeNumber,
  useOf,
  whyNotFree,
} from "./pool";
import { notKamailios } from "./refusals";
import { rule } from "./rule";

const numbersAndDue = (wanted: readonly { readonly number: string }[]) => ({
  ...asksForNumbers(wanted),
  due: true as const,
});

export interface WantedNumber {
  readonly number: string;
  readonly ifExists: IfExists;
  /** Whether a number that is in use is refused, or passed over. */
  readonly ifInUse: "refuse" | "pass";
}

/** numbers/add, and the rows of an import: a number in use is never in the pool. */
export const addNumber = rule<WantedNumber, "added" | "skipped" | "inuse">({
  locks: ["numbers"],
  asks: [numbersAndDue],
  decide(facts, { number, ifExists, ifInUse }) {
    putBackDue(facts);
    const used = inUse(facts, number);
    if (used !== undefined) {
      if (ifInUse === "refuse") throw used;
      return "inuse";
    }
    const there = alreadyThere(facts, number);
    if (there !== undefined) {
      if (ifExists === "fail") throw there;
      return "skipped";
    }
    addNumberTo(facts, number);
    return "added";
  },
});

/** numbers/remove. A number that is reserved or rests goes as well: it would come back. */
export const removeNumber = rule<{ number: string }, string>({
  locks: ["numbers"],
  asks: [asksForNumbers],
  decide(facts, { number }) {
    if (!takeNumber(facts, number)) throw whyNotFree(facts, number);
    return number;
  },
});

export interface AddedRange {
  readonly added: number;
  readonly existing: number;
  readonly inuse: number;
}

/** numbers/add_range: what the pool has or will have again is left, what is in use stays out. */
export const addRange = rule<NumberRange, AddedRange>({
  locks: ["numbers"],
  alone: true,
  asks: [(ranges) => ({ ranges, due: true })],
  decide(facts, range) {
    const { there, used } = rangeFacts(facts, range);
    let added = 0;
    for (const [{ start, end }, holes] of dealt(used, without(range, there))) {
      const count = countOf({ start, end }) - holes.length;
      if (count === 0) continue;
      facts.add("number", holes.length === 0 ? { start, end } : { start, end, without: holes }, {});
      added += count;
    }
    putBackDue(facts);
    return { added, existing: range.count - added - used.length, inuse: used.length };
  },
});

export interface RemovedRange {
  /** Those that the pool had, and these two among them. */
  readonly removed: number;
  readonly reserved: number;
  readonly quarantined: number;
  /** Those that some account or alias has, which stay so. */
  readonly inuse: number;
}

/** numbers/remove_range: numbers that the pool does not have are passed over. */
export const removeRange = rule<NumberRange, RemovedRange>({
  locks: ["numbers"],
  alone: true,
  asks: [(ranges) => ({ ranges })],
  decide(facts, range) {
    const { pool, held, used, there } = rangeFacts(facts, range);
    const states = held.map((number) => heldAt(facts, number)?.state);
    const inState = (wanted: HeldValues["state"]) =>
      states.filter((state) => state === wanted).length;
    for (const run of pool) {
      facts.learn("number", run, {});
      facts.remove("number", run);
    }
    for (const number of held) facts.remove("heldNumber", number);
    return {
      removed: totalOf(there),
      reserved: inState("reserved"),
      quarantined: inState("quarantined"),
      inuse: used.length,
    };
  },
});

function rangeFacts(facts: Facts, { start, end }: NumberRange) {
  const known = facts.ranges.get(`${start} ${end}`) ?? { pool: [], held: [], used: [] };
  /** Those that the pool has or will have again. */
  const there = joined([...known.pool, ...runsOf(known.held)]);
  return { ...known, there };
}

export interface NumberToReserve {
  readonly number: string;
  /** Unix seconds; left out, a reservation keeps what it has, and a new one has no end. */
  readonly until?: number | undefined;
  readonly note?: string | undefined;
}

export interface ReservedNumber {
  readonly number: string;
  readonly until: number | null;
  readonly note: string | null;
}

/** numbers/reserve: a number of the pool that is not given out; one that is reserved is so anew. */
export const reserveNumber = rule<NumberToReserve, ReservedNumber>({
  locks: ["numbers"],
  asks: [numbersAndDue],
  decide(facts, { number, until: asked, note: said }) {
    putBackDue(facts);
    const used = inUse(facts, number);
    if (used !== undefined) throw used;
    const before = heldAt(facts, number);
    if (before?.state !== "reserved" && !poolHas(facts, number)) throw whyNotFree(facts, number);
    const until = asked ?? before?.until ?? null;
    const note = said ?? before?.note ?? null;
    facts.remove("number", runOf(number));
    facts.set("heldNumber", number, { state: "reserved", until, note });
    return { number, until, note };
  },
});

/** numbers/unreserve: the number is back in the pool. */
export const unreserveNumber = rule<{ number: string }, string>({
  locks: ["numbers"],
  asks: [numbersAndDue],
  decide(facts, { number }) {
    putBackDue(facts);
    if (heldAt(facts, number)?.state !== "reserved") throw notReserved(facts, number);
    endHold(facts, number);
    return number;
  },
});

function notReserved(facts: Facts, number: string) {
  const there = alreadyThere(facts, number) ?? whyNotFree(facts, number);
  return failed("nonexistant", `${number} is not reserved. ${there.detail}`);
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
        due: true,
      };
    },
    // What can refuse cheaply comes before a number is looked for.
    (wanted, facts) => {
      const any = wanted.filter(
        ({ number, address }) => number === undefined && facts.has("subscriber", address),
      );
      const named = wanted.filter(({ number }) => number !== undefined);
      return {
        draw: draws(
          any.map(({ search = "" }) => search),
          named.length,
        ),
      };
    },
  ],

  decide(facts, { number: given, search, address }) {
    const { domain } = address;
    if (!facts.has("domain", domain)) throw notKamailios(domain, "nonexistant");
    const destination = destinationFor(facts, address);
    putBackDue(facts);
    const number = given ?? anyNumber(facts, search);
    const used = useOf(facts, number);
    if (used !== undefined) throw used;
    if (!poolHas(facts, number)) throw whyNotFree(facts, number);
    const alias = { username: number, domain };
    lead(facts, alias, destination);
    return { number, alias, destination };
  },
});

/**
 * What to draw for searches, one each: as many for every one as could be lost to the others, and to
 * those who have `named` so many numbers.
 */
export const draws = (searches: readonly string[], named: number): Map<string, number> =>
  new Map(searches.map((search) => [search, searches.length + named]));

/** One of those that were drawn and that nobody has got since. */
function anyNumber(facts: Facts, search: string | undefined): string {
  const number = facts.drawn.get(search ?? "")?.find((drawn) => poolHas(facts, drawn));
  if (number !== undefined) return number;
  const which =
    search === undefined ? "The pool has no number" : `No number matches ${JSON.stringify(search)}`;
  const used = (facts.passedOver.get(search ?? "") ?? 0) > 0;
  throw failed("empty", used ? `${which} that is no alias already.` : `${which}.`);
}

/** For mends: takes numbers out of the pool that are in use all the same. */
export const withdrawUsed = rule<{ number: string }, boolean>({
  locks: ["addresses", "numbers"],
  asks: [asksForNumbers],
  decide: (facts, { number }) => useOf(facts, number) !== undefined && takeNumber(facts, number),
});
