import { formatDatabaseUrl } from "../../config/database-url";
import type { GroundCheck } from "../finding";

/** Whether Hermes may write what its nodes write. */
export const rights: GroundCheck = {
  name: "rights",
  async *find(owner, config) {
    const { readOnly, denied } = await owner.writeRights();
    if (readOnly !== undefined) {
      yield {
        severity: "error",
        subject: formatDatabaseUrl(config.provisioning),
        detail: `Nothing can be written there: ${readOnly}. Which rights Hermes has shows only when that is over.`,
        fix: "Give Hermes the server that takes writes: see hermes config show.",
      };
    }
    for (const { table, right, grant } of denied) {
      yield {
        severity: "error",
        subject: table,
        detail: `Hermes lacks the right to ${right} there: commands that need it are refused.`,
        fix: grant,
      };
    }
  },
};
