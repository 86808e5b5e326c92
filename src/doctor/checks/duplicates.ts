import type { DataCheck } from "../finding";

/** Aliases that stand more than once: Kamailio takes the first it finds. */
export const duplicates: DataCheck = {
  name: "duplicates",
  async *find({ consistency }) {
    for await (const { alias, n, destinations } of consistency.duplicateAliases()) {
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
  mend: {
    title: "Remove repetitions of aliases that lead to the same destination",
    async run({ consistency, locks }) {
      await locks.take("addresses");
      return consistency.removeRepeatedAliases();
    },
  },
};
