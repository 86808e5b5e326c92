import { apply } from "../changes/apply";
import type { Change } from "../changes/change";
import { Facts } from "../changes/facts";
import { folded } from "../changes/fold";
import { keep, type OpenRecord, type Recorded } from "../changes/recording";
import { groupBy } from "../model/group-by";
import { Refusal } from "../model/refusal";
import type { Progress } from "../store/provisioning/numbers";
import type { Stores } from "../store/stores";
import { lookUp } from "./look-up";
import { together } from "./question";
import type { Rule } from "./rule";

/** What is known before anything was looked up. */
export function noFacts({ keys, subscribers, preferences }: Stores): Facts {
  return new Facts(keys, { password: subscribers.passwordWidth, attribute: preferences.width });
}

/** Looks up what the rule has to know of all that is wanted. */
export function factsFor<Wanted>(
  stores: Stores,
  rule: Pick<Rule<Wanted, unknown>, "asks">,
  wanted: readonly Wanted[],
): Promise<Facts> {
  return factsForAll(stores, [[rule, wanted]]);
}

/** The same for several rules: their first questions go together, then their second ones. */
async function factsForAll(
  stores: Stores,
  all: Iterable<readonly [Pick<Rule<never, unknown>, "asks">, readonly unknown[]]>,
): Promise<Facts> {
  const facts = noFacts(stores);
  const askers = [...all];
  const stages = Math.max(...askers.map(([{ asks }]) => asks.length));
  for (let stage = 0; stage < stages; stage++) {
    const questions = askers.flatMap(([{ asks }, wanted]) => {
      const ask = asks[stage];
      return ask === undefined ? [] : [ask(wanted as never, facts)];
    });
    await lookUp(stores, together(questions), facts);
  }
  return facts;
}

/** One thing that is wanted, and the rule for it. */
export interface Request {
  // biome-ignore lint/suspicious/noExplicitAny: a rule of anything
  readonly rule: Rule<any, unknown>;
  readonly wanted: unknown;
}

export interface CarryOutOptions {
  readonly progress?: Progress | undefined;
  /** The first Refusal is the last outcome: what comes behind it is left undone. */
  readonly untilRefused?: boolean;
  /** A record for each that is wanted; left out, all of it goes into that of the stores. */
  readonly records?: readonly OpenRecord[];
}

/**
 * Does what is wanted, as far as the rules allow: one bounded look-up for all of it, a decision on
 * each in order, one write with its record. Answers each with its outcome or its Refusal.
 */
export async function carryOutAll(
  stores: Recorded,
  requests: readonly Request[],
  { progress, untilRefused = false, records }: CarryOutOptions = {},
): Promise<unknown[]> {
  const byRule = groupBy(requests, ({ rule }) => rule);
  const facts = await factsForAll(
    stores,
    [...byRule].map(([rule, some]) => [rule, some.map(({ wanted }) => wanted)]),
  );
  const outcomes: unknown[] = [];
  const own: Change[][] = [];
  for (const { rule, wanted } of requests) {
    const from = facts.changes.length;
    const outcome = refusing(() => facts.attempt(() => rule.decide(facts, wanted)));
    outcomes.push(outcome);
    if (records !== undefined) own.push(facts.changes.slice(from));
    if (untilRefused && outcome instanceof Refusal) break;
  }
  const { keys, record } = stores;
  const net = folded(facts.changes, keys);
  const noted = records?.map((each, index) => ({
    record: each,
    changes: folded(own[index] ?? [], keys),
  }));
  await Promise.all([
    apply(stores, net, progress),
    keep(stores, noted ?? [{ record, changes: net }]),
  ]);
  return outcomes;
}

/** The same of one rule. */
export async function carryOut<Wanted, Outcome>(
  stores: Recorded,
  rule: Rule<Wanted, Outcome>,
  wanted: readonly Wanted[],
  options?: CarryOutOptions,
): Promise<(Outcome | Refusal)[]> {
  if (wanted.length === 0) return [];
  const requests = wanted.map((each) => ({ rule, wanted: each }));
  return (await carryOutAll(stores, requests, options)) as (Outcome | Refusal)[];
}

/** Does one thing, or throws its Refusal. */
export async function carryOutOne<Wanted, Outcome>(
  stores: Recorded,
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
