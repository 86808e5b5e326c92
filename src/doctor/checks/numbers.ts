import { withdrawUsed } from "../../rules/numbers";
import { type DataCheck, each, mendAll } from "../finding";

/** Numbers that the pool offers although somebody has them. */
export const numbers: DataCheck = {
  name: "numbers",
  async *find({ consistency }) {
    for await (const { number, user } of each(consistency.numbersInUse())) {
      yield {
        severity: "warning",
        subject: number,
        detail: `It is in the pool, and in use as ${user}.`,
        fix: `hermes numbers remove ${number}`,
      };
    }
  },
  mend: mendAll("Remove numbers from the pool that are in use", withdrawUsed, ({ consistency }) =>
    consistency.numbersInUse(),
  ),
};
