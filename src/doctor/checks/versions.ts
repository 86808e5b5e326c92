import { OPTIONAL_KAMAILIO_TABLES } from "../../database/tables";
import { KNOWN_VERSIONS } from "../../store/kamailio/versions";
import type { DataCheck } from "../finding";

/** Whether Kamailio's tables are of versions that Hermes knows. */
export const versions: DataCheck = {
  name: "versions",
  async *find(stores) {
    const found = await stores.versions.list();
    for (const [table, known] of Object.entries(KNOWN_VERSIONS)) {
      const version = found.get(table);
      const optional = (OPTIONAL_KAMAILIO_TABLES as readonly string[]).includes(table);
      if (version === undefined && optional) continue;
      if (version !== undefined && known.includes(version)) continue;
      yield {
        severity: "warning",
        subject: table,
        detail:
          version === undefined
            ? "Kamailio's table version says nothing of it."
            : `It is of version ${version}; Hermes knows ${known.join(", ")}.`,
        fix: "See Kamailio's notes on upgrading its tables, and look for a newer Hermes.",
      };
    }
  },
};
