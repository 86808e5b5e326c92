import type { Facts } from "../changes/facts";
import type { LockName } from "../model/lock-name";
import type { Question } from "./question";

/** What may be done with a thing: one rule serves a request, a thousand rows, a mend. */
export interface Rule<Wanted, Outcome> {
  /** Taken before anything is looked up. */
  readonly locks: readonly LockName[];
  /** Those of them that one of its requests needs, where it may need fewer. */
  locksOf?(wanted: Wanted): readonly LockName[];
  /**
   * What has to be known to decide on all that is wanted, in one look-up after another: a later
   * question may follow from what the earlier ones found.
   */
  readonly asks: readonly Asks<Wanted>[];
  /** Has to be done by itself: what it comes to may be too much to be kept with others. */
  readonly alone?: boolean;
  /**
   * Decides on one of them: makes its Changes in the facts, so that the next one sees them, or throws
   * a Refusal. Nothing here touches a database.
   */
  decide(facts: Facts, wanted: Wanted): Outcome;
}

export type Asks<Wanted> = (wanted: readonly Wanted[], facts: Facts) => Question;

export function rule<Wanted, Outcome>(rule: Rule<Wanted, Outcome>): Rule<Wanted, Outcome> {
  return rule;
}
