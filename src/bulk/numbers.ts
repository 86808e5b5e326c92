import { parseE164 } from "../model/e164";
import type { IfExists } from "../model/if-exists";
import { add } from "../nodes/numbers/add";
import { readParams } from "../params/read";
import { addNumber, type WantedNumber } from "../rules/numbers";
import type { Counted, Importer } from "./import";

/** Numbers on their way into the pool. */
export const numbersImporter = (ifExists: IfExists): Importer<WantedNumber, Counted> => ({
  params: add.params,
  together: 2_000,
  rule: addNumber,
  read(given) {
    // A number in use stays out of the pool, and is no fault of the list that it stands in.
    const as = (number: string): WantedNumber => ({ number, ifExists, ifInUse: "pass" });
    // Nearly all of a million rows are this simple; the others get the general way and its texts.
    if (typeof given.number === "string" && Object.keys(given).length === 1) {
      const parsed = parseE164(given.number);
      if (parsed !== undefined) return as(parsed.number);
    }
    return readParams(add.params, given).then(({ number }) => as(number.number));
  },
  counted: (outcome) => outcome,
  countsInUse: true,
});
