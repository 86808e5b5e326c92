import type { Facts } from "../changes/facts";
import { looksLikeE164 } from "../model/e164-form";
import { isoTime } from "../model/iso-time";
import { runOf } from "../model/number-range";
import { type HeldValues, isDue } from "../model/number-state";
import { failed, type Refusal } from "../model/refusal";
import { accountExists, aliasExists, inPool, notInPool } from "./refusals";

/** What rules about single numbers have to know of them. */
export const asksForNumbers = (wanted: readonly { readonly number: string }[]) => ({
  numbers: wanted.map(({ number }) => number),
});

/** What keeps a number out of the pool until its time; nothing where that is over. */
export function heldAt(facts: Facts, number: string): HeldValues | undefined {
  const held = facts.get("heldNumber", number)?.value;
  return held === undefined || isDue(held, facts.now) ? undefined : held;
}

/** Whether the pool has a number, or would have it had anybody written since its time was over. */
export const poolHas = (facts: Facts, number: string) =>
  facts.has("number", runOf(number)) ||
  (facts.has("heldNumber", number) && heldAt(facts, number) === undefined);

/** Why a number is nobody's to take: it is some domain's alias or account. Undefined where it is not. */
export function useOf(facts: Facts, number: string): Refusal | undefined {
  const [alias] = facts.on("alias", number);
  if (alias !== undefined) return aliasExists(alias.key, alias.value.destinations);
  const [account] = facts.on("subscriber", number);
  return account === undefined ? undefined : accountExists(account.key);
}

/** A number in use is never in the pool. */
export function inUse(facts: Facts, number: string): Refusal | undefined {
  const used = useOf(facts, number);
  return used === undefined ? undefined : failed("inuse", `${number} is in use: ${used.detail}`);
}

/** The refusal where a number can't be given out, with what is known of it. */
export function whyNotFree(facts: Facts, number: string): Refusal {
  const held = heldAt(facts, number);
  return notInPool(number, held === undefined ? useOf(facts, number)?.detail : heldWords(held));
}

/** The refusal where a number is there already, in the pool or on its way back. */
export function alreadyThere(facts: Facts, number: string): Refusal | undefined {
  const held = heldAt(facts, number);
  if (held !== undefined) return inPool(number, heldWords(held));
  return poolHas(facts, number) ? inPool(number) : undefined;
}

function heldWords({ state, until, note }: HeldValues): string {
  const what = state === "reserved" ? "It is reserved" : "It rests since its release";
  const end = until === null ? "" : `, until ${isoTime(until * 1000)}`;
  return `${what}${end}${note === null ? "" : ` (${note})`}.`;
}

/** Takes a number out of the pool, whether it is in it or on its way back. */
export function takeNumber(facts: Facts, number: string): boolean {
  const held = facts.remove("heldNumber", number);
  return facts.remove("number", runOf(number)) || held;
}

export function addNumberTo(facts: Facts, number: string): void {
  facts.add("number", runOf(number), {});
}

/**
 * Puts a number that has become free into the pool; with `until` it rests first. Answers whether it
 * did: not where somebody has it still, or it is there.
 */
export function backToPool(facts: Facts, number: string, until: number | null): boolean {
  if (!looksLikeE164(number) || useOf(facts, number) !== undefined) return false;
  if (alreadyThere(facts, number) !== undefined) return false;
  if (until === null) addNumberTo(facts, number);
  else facts.add("heldNumber", number, { state: "quarantined", until, note: null });
  return true;
}

/** Ends what keeps a number out of the pool: it is in it again, unless somebody has it. */
export function endHold(facts: Facts, number: string): void {
  takeNumber(facts, number);
  if (useOf(facts, number) === undefined) addNumberTo(facts, number);
}

/** Puts back numbers whose time is over: whoever writes to the pool does it for all. */
export function putBackDue(facts: Facts): void {
  for (const number of facts.due) {
    if (facts.has("heldNumber", number) && heldAt(facts, number) === undefined) {
      endHold(facts, number);
    }
  }
}
