import { formatSipAddress } from "../../model/sip-address";
import { mendDuplicate } from "../../rules/mends";
import { type DataCheck, each, mendAll } from "../finding";

/** Aliases that stand more than once: Kamailio takes the first it finds. */
export const duplicates: DataCheck = {
  name: "duplicates",
  async *find({ consistency }) {
    for await (const { n, destinations, ...address } of each(consistency.duplicateAliases())) {
      const alias = formatSipAddress(address);
      const same = Number(destinations) === 1;
      yield {
        severity: same ? "warning" : "error",
        subject: alias,
        detail: same
          ? `It stands ${n} times, always with the same destination.`
          : `It stands ${n} times, with ${destinations} destinations: which one is called is chance.`,
        fix: same
          ? "hermes doctor --fix"
          : `hermes alias remove ${alias}, which removes all of them, and add it again`,
        byHand: !same,
      };
    }
  },
  mend: mendAll(
    "Remove repetitions of aliases that lead to the same destination",
    mendDuplicate,
    ({ consistency }) => consistency.duplicateAliases(),
  ),
};
