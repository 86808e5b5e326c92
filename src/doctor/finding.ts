import type { Databases } from "../database/databases";
import type { Context } from "../nodes/node";
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
  find(databases: Databases): AsyncIterable<Problem>;
}

/** A look at what stands in the tables, in one transaction. */
export interface DataCheck {
  readonly name: string;
  find(stores: Stores, context: Context): AsyncIterable<Problem>;
  /** What can be mended without anybody's judgement. */
  readonly mend?: Mend;
}

export interface Mend {
  /** As a person is asked: "Remove phones of accounts that are gone". */
  readonly title: string;
  /** Answers how much it mended. Nothing is kept where any of it fails. */
  run(stores: Stores, context: Context): Promise<number>;
}
