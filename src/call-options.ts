import type { Envelope } from "./model/envelope";
import type { Context } from "./nodes/node";

export interface CallOptions {
  readonly progress?: Context["progress"];
  /**
   * Takes a successful answer while its transaction is open, so that lists ({@link Rows}) can be
   * read as they come. Without it they are gathered into arrays.
   */
  readonly receive?: (envelope: Envelope) => Promise<void>;
  /** Asked where the node wants a yes first; left out, it is taken for given. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /**
   * Asked before a node destroys something, with what it would answer; left out, nobody is. Where it
   * answers no, nothing is done.
   */
  readonly agree?: (wouldBe: Envelope) => Promise<boolean>;
  /** Does everything and rolls it back; the answer says so by `dry_run`. */
  readonly dryRun?: boolean;
}
