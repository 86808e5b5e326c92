import { formatDatabaseUrl } from "../../config/database-url";
import type { GroundCheck } from "../finding";

/** Whether an SQLite file is whole. */
export const integrity: GroundCheck = {
  name: "integrity",
  async *find(owner, { kamailio }) {
    for (const words of await owner.damages()) {
      yield {
        severity: "error",
        subject: formatDatabaseUrl(kamailio),
        detail: `The file is damaged: ${words}.`,
        fix: "Stop what uses the file, put it aside, and restore the last backup; sqlite3 FILE .recover shows what can still be read.",
      };
    }
  },
};
