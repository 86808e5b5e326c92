import { type DataCheck, each } from "../finding";

/** Aliases that lead to an address nobody has. */
export const aliases: DataCheck = {
  name: "aliases",
  async *find({ consistency }) {
    for await (const { alias, destination } of each(consistency.aliasesToNowhere())) {
      yield {
        severity: "error",
        subject: alias,
        detail: `It leads to ${destination}, which is no account.`,
        fix: `hermes alias remove ${alias}`,
      };
    }
  },
};
