import { KAMAILIO_TABLES } from "../../database/tables";
import type { GroundCheck } from "../finding";

/** Whether Kamailio's tables are there and may be read. */
export const tables: GroundCheck = {
  name: "tables",
  async *find(owner) {
    const facts = await owner.kamailioFacts();
    for (const table of KAMAILIO_TABLES) {
      if (facts.has(table)) continue;
      yield {
        severity: "error",
        subject: table,
        detail: `Kamailio's database has no table ${table} that Hermes may read.`,
        fix: "Check kamailio.url, the table (kamdbctl create) and the right SELECT on it.",
      };
    }
  },
};
