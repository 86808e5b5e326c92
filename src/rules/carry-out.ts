import { apply } from "../changes/apply";
import { Facts } from "../changes/facts";
import { Refusal } from "../model/refusal";
import type { Progress } from "../store/provisioning/numbers";
import type { Stores } from "../store/stores";
import { lookUp } from "./look-up";
import type { Rule } from "./rule";

/** What is known before anything was looked up. */
export function noFacts({ keys, subscribers, preferences }: Stores): Facts {
  return new Facts(keys, { password: subscribers.passwordWidth, attribute: preferences.width });
}

/** Looks up what the rule has to know of all that is wanted. */
export async function factsFor<Wanted>(
  stores: Stores,
  { asks }: Pick<Rule<Wanted, unknown>, "asks">,
  wanted: readonly Wanted[],
): Promise<Facts> {
  const facts = noFacts(stores);
  for (const ask of asks) await lookUp(stores, ask(wanted, facts), facts);
  return facts;
}

export interface CarryOutOptions {
  readonly progress?: Progress | undefined;
  /** The first Refusal is the last outcome: what comes behind it is left undone. */
  readonly untilRefused?: boolean;
}

/**
 * Does what is wanted, as far as the rule allows: one bounded look-up for all of it, a decision on
 * each in order, one write. Answers each with its outcome or its Refusal.
 */
export async function carryOut<Wanted, Outcome>(
  stores: Stores,
  rule: Rule<Wanted, Outcome>,
  wanted: readonly Wanted[],
  { progress, untilRefused = false }: CarryOutOptions = {},
): Promise<(Outcome | Refusal)[]> {
  const facts = await factsFor(stores, rule, wanted);
  const outcomes: (Outcome | Refusal)[] = [];
  for (const each of wanted) {
    const outcome = refusing(() => facts.attempt(() => rule.decide(facts, each)));
    outcomes.push(outcome);
    if (untilRefused && outcome instanceof Refusal) break;
  }
  await apply(stores, facts.changes, progress);
  return outcomes;
}

/** Does one thing, or throws its Refusal. */
export async function carryOutOne<Wanted, Outcome>(
  stores: Stores,
  rule: Rule<Wanted, Outcome>,
  wanted: Wanted,
  progress?: Progress,
): Promise<Outcome> {
  const [outcome] = await carryOut(stores, rule, [wanted], { progress });
  if (outcome instanceof Refusal) throw outcome;
  return outcome as Outcome;
}

function refusing<T>(decide: () => T): T | Refusal {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
