import type { MariadbServer } from "../test/support/mariadb.js";
import type { Row } from "./row";

/** What a work is given to be measured with. */
export interface Bench {
  readonly server: MariadbServer;
  /** The rounds asked for, or so many. */
  rounds(usual: number): number;
  /** So many, or a tenth of that in a quick run. */
  rows(count: number): number;
}

/** A work of the table: measures Hermes and its peers, and says how they did. */
export interface Work {
  readonly name: string;
  measure(bench: Bench): Promise<Row[]>;
}
