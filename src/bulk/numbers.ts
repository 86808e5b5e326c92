import { parseE164 } from "../model/e164";
import type { Refusal } from "../model/refusal";
import { add } from "../nodes/numbers/add";
import type { Given } from "../params/param";
import { readParams } from "../params/read";
import type { Stores } from "../store/stores";
import type { IfExists } from "./choices";
import { type Importer, type Outcome, present } from "./import";

/** Numbers that one statement inserts. */
const TOGETHER = 2_000;

/** Numbers on their way into the pool. */
export class NumbersImporter implements Importer<string> {
  readonly params = add.params;
  readonly together = TOGETHER;
  /** Whether the pool has turned out to have some of the numbers: then it is asked before. */
  private crowded = false;

  constructor(
    private readonly stores: Stores,
    private readonly ifExists: IfExists,
  ) {}

  async begin(): Promise<void> {}

  read(given: Given): string | Promise<string> {
    // Nearly all of a million rows are this simple; the others get the general way and its texts.
    if (typeof given.number === "string" && Object.keys(given).length === 1) {
      const parsed = parseE164(given.number);
      if (parsed !== undefined) return parsed.number;
    }
    return readParams(this.params, given).then(({ number }) => number.number);
  }

  keys(): readonly string[] {
    return [];
  }

  async apply(numbers: readonly string[]): Promise<Outcome[]> {
    const { pool } = this;
    if (this.ifExists === "fail") return this.addNew(numbers);
    const added = await pool.insertMany(numbers);
    // Which ones were there is nobody's question.
    return numbers.map((_, index) => (index < added ? "added" : "skipped"));
  }

  /** Adds what is not there, and says of every other number that it is. */
  private async addNew(numbers: readonly string[]): Promise<Outcome[]> {
    const { pool } = this;
    const fresh = [...new Set(numbers)];
    if (!this.crowded) {
      const added = await pool.inTrial(async () => {
        const count = await pool.insertMany(fresh);
        return count === fresh.length;
      });
      if (added) return outcomes(numbers, new Set(), this.ifExists);
      this.crowded = true;
    }
    const present = await pool.existing(fresh);
    await pool.insertMany(fresh.filter((number) => !present.has(number)));
    return outcomes(numbers, present, this.ifExists);
  }

  private get pool() {
    return this.stores.numbers;
  }
}

function outcomes(
  numbers: readonly string[],
  before: ReadonlySet<string>,
  ifExists: IfExists,
): Outcome[] {
  const seen = new Set(before);
  return numbers.map((number): "added" | "skipped" | Refusal => {
    if (!seen.has(number)) {
      seen.add(number);
      return "added";
    }
    return present(ifExists, `${number} is in the pool already.`);
  });
}
