import type { DataCheck } from "../finding";

/** Phones of accounts that were removed. */
export const phones: DataCheck = {
  name: "phones",
  async *find({ consistency }) {
    for await (const { mac, user } of consistency.phonesOfNobody()) {
      yield {
        severity: "warning",
        subject: mac,
        detail: `The phone has ${user}, which is no account any more.`,
        fix: "hermes doctor --fix",
      };
    }
  },
  mend: {
    title: "Remove phones of accounts that are gone",
    async run({ consistency, locks }) {
      await locks.take("addresses");
      return consistency.removePhonesOfNobody();
    },
  },
};
