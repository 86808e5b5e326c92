import type { DataCheck } from "../finding";

/** Numbers that the pool offers although somebody has them. */
export const numbers: DataCheck = {
  name: "numbers",
  async *find({ consistency }) {
    for await (const { number, alias } of consistency.numbersInUse()) {
      yield {
        severity: "warning",
        subject: number,
        detail: `It is in the pool, and in use as alias ${alias}.`,
        fix: `hermes numbers remove ${number}`,
      };
    }
  },
  mend: {
    title: "Remove numbers from the pool that are in use as aliases",
    async run({ consistency, locks }) {
      await locks.take("numbers");
      return consistency.removeNumbersInUse();
    },
  },
};
