import type { Recorded } from "../changes/recording";
import type { Config } from "../config/config";
import type { LockName } from "../model/lock-name";
import type { Context } from "../nodes/node";
import type { Owner } from "../owner";
import { carryOut } from "../rules/carry-out";
import type { Rule } from "../rules/rule";
import type { Stores } from "../store/stores";

/** An error breaks something for somebody; a warning will, or is in the way; a note is for tidiness. */
export type Severity = "error" | "warning" | "note";

/** Something that is not as it should be, and what to do about it. */
export interface Problem {
  readonly severity: Severity;
  /** What it is about: an address, a domain, a table. */
  readonly subject: string;
  readonly detail: string;
  /** A command, or what else mends it. */
  readonly fix: string;
  /** Needs a person's judgement, although the check can mend others of its kind. */
  readonly byHand?: boolean;
}

export interface Finding extends Omit<Problem, "byHand"> {
  readonly check: string;
}

/** A look at the databases as such, before anything is read from them. */
export interface GroundCheck {
  readonly name: string;
  find(owner: Owner, config: Config): AsyncIterable<Problem>;
}

/** A look at what stands in the tables, in one transaction. */
export interface DataCheck {
  readonly name: string;
  /** Takes the longest: it is begun first. */
  readonly long?: true;
  find(stores: Stores, context: Context): AsyncIterable<Problem>;
  /** What can be mended without anybody's judgement. */
  readonly mend?: Mend;
}

export interface Mend {
  /** As a person is asked: "Remove phones of accounts that are gone". */
  readonly title: string;
  readonly locks: readonly LockName[];
  /** Answers how much it mended. Nothing is kept where any of it fails. */
  run(stores: Recorded): Promise<number>;
}

/** Subjects that are decided on together. */
const TOGETHER = 900;

/** A mend of everything that a look finds, by the rule that can put one of them right. */
export function mendAll<Subject>(
  title: string,
  rule: Rule<Subject, boolean>,
  find: (stores: Stores) => AsyncIterable<Subject[]>,
): Mend {
  return {
    title,
    locks: rule.locks,
    async run(stores) {
      // All are found before the first is mended: a look under way keeps the connection busy.
      const subjects: Subject[] = [];
      for await (const page of find(stores)) subjects.push(...page);
      let mended = 0;
      for (let from = 0; from < subjects.length; from += TOGETHER) {
        const outcomes = await carryOut(stores, rule, subjects.slice(from, from + TOGETHER));
        mended += outcomes.filter((outcome) => outcome === true).length;
      }
      return mended;
    },
  };
}

/** The rows of batches, one by one. */
export async function* each<Row>(batches: AsyncIterable<Row[]>): AsyncGenerator<Row> {
  for await (const batch of batches) yield* batch;
}
