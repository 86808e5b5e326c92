import { formatDatabaseUrl } from "../../config/database-url";
import type { GroundCheck } from "../finding";

/** Whether writes over two servers were cut short. */
export const prepared: GroundCheck = {
  name: "prepared",
  async *find(owner, config) {
    const found = await owner.prepared();
    const place = formatDatabaseUrl(config.kamailio);
    if (found === "unseen") {
      yield {
        severity: "note",
        subject: place,
        detail:
          "Hermes may not see there whether a crash has left a write prepared, which keeps rows locked until it is finished.",
        fix: "An administrator allows it: GRANT XA_RECOVER_ADMIN ON *.* TO Hermes' database user.",
      };
      return;
    }
    for (const { id, since } of found) {
      yield {
        severity: "error",
        subject: id,
        detail: `A write of ${new Date(since).toISOString()} was cut short: ${place} keeps its rows locked until it is finished.`,
        fix: "hermes db recover",
      };
    }
  },
};
