import { deniedRights } from "../../database/rights";
import type { GroundCheck } from "../finding";

/** Whether Hermes may write what its nodes write. */
export const rights: GroundCheck = {
  name: "rights",
  async *find(databases) {
    for (const { table, right, grant } of await deniedRights(databases)) {
      yield {
        severity: "error",
        subject: table,
        detail: `Hermes lacks the right to ${right} there: commands that need it are refused.`,
        fix: grant,
      };
    }
  },
};
