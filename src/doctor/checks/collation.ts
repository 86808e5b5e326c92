import type { ColumnFacts } from "../../database/engine";
import type { GroundCheck } from "../finding";

const TABLES = ["users", "phones"];
const COLUMNS = ["username", "domain"];

/** Whether addresses compare alike in both databases: of two collations MySQL refuses to compare, or finds different rows. */
export const collation: GroundCheck = {
  name: "collation",
  async *find(owner, config) {
    const kamailio = (await owner.kamailioFacts()).get("subscriber");
    const provisioning = await owner.provisioningFacts();
    const location = config.provisioning;
    const schema = location.kind === "mysql" ? `${location.database}.` : "";
    for (const table of TABLES) {
      const columns = provisioning.get(table);
      const differing = COLUMNS.filter(
        (column) => collationOf(columns?.get(column)) !== collationOf(kamailio?.get("username")),
      );
      if (columns === undefined || differing.length === 0) continue;
      const wanted = collationOf(kamailio?.get("username"));
      const changes = COLUMNS.map(
        (column) =>
          `MODIFY ${column} VARCHAR(64) CHARACTER SET ${wanted.split("_")[0]} COLLATE ${wanted} NOT NULL`,
      );
      yield {
        severity: "error",
        subject: table,
        detail: `Its ${differing.join(" and ")} compare by ${collationOf(columns.get(differing[0] ?? ""))}, Kamailio's subscriber by ${wanted}: addresses may not be found.`,
        fix: `ALTER TABLE ${schema}${table} ${changes.join(", ")}`,
      };
    }
    const [username, domain] = COLUMNS.map((column) => collationOf(kamailio?.get(column)));
    if (username !== domain) {
      yield {
        severity: "warning",
        subject: "subscriber",
        detail: `Its username compares by ${username}, its domain by ${domain}.`,
        fix: "Give Kamailio's tables one character set and collation.",
      };
    }
  },
};

const collationOf = (facts: ColumnFacts | undefined) => facts?.collation ?? "";
