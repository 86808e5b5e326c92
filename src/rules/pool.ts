import type { Facts } from "../changes/facts";
import { looksLikeE164 } from "../model/e164-form";
import { failed, type Refusal } from "../model/refusal";
import { formatSipAddress } from "../model/sip-address";
import { accountExists, aliasExists } from "./refusals";

const alone = (number: string) => ({ start: number, end: number });

export const poolHas = (facts: Facts, number: string) => facts.has("number", alone(number));

/** Why a number is nobody's to take: it is some domain's alias or account. Undefined where it is not. */
export function useOf(facts: Facts, number: string): Refusal | undefined {
  const [alias] = facts.on("alias", number);
  if (alias !== undefined) return aliasExists(alias.key, alias.value.destinations);
  const [account] = facts.on("subscriber", number);
  return account === undefined ? undefined : accountExists(account.key);
}

/** Puts a number that has become free into the pool; answers whether it did. */
export function backToPool(facts: Facts, number: string): boolean {
  if (!looksLikeE164(number) || useOf(facts, number) !== undefined || poolHas(facts, number))
    return false;
  facts.add("number", alone(number), {});
  return true;
}

export function takeNumber(facts: Facts, number: string): void {
  facts.remove("number", alone(number));
}

export function addNumberTo(facts: Facts, number: string): void {
  facts.add("number", alone(number), {});
}

/** A number in use is never in the pool. */
export function inUse(facts: Facts, number: string): Refusal | undefined {
  const used = useOf(facts, number);
  return used === undefined ? undefined : failed("inuse", `${number} is in use: ${used.detail}`);
}

/** Whose a number is that an alias has, as people read it. */
export function holderOf(facts: Facts, number: string): string | undefined {
  const [alias] = facts.on("alias", number);
  const [destination] = alias?.value.destinations ?? [];
  return destination === undefined ? undefined : formatSipAddress(destination);
}
