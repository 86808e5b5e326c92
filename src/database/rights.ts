import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseLocation } from "../config/database-url";
import type { Databases } from "./databases";
import { PROVISIONING_TABLES } from "./tables";

export interface DeniedRight {
  readonly table: string;
  readonly right: string;
  /** What allows it. */
  readonly grant: string;
}

/** Kamailio's tables that nodes write. */
const WRITTEN = ["subscriber", "dbaliases", "usr_preferences"];

/** Explained, not done: the server asks for the same rights. */
const PROBES: Readonly<Record<string, string>> = {
  INSERT: "EXPLAIN INSERT INTO ?? SELECT * FROM ?? WHERE 1 = 0",
  UPDATE: "EXPLAIN UPDATE ?? SET username = username WHERE 1 = 0",
  DELETE: "EXPLAIN DELETE FROM ?? WHERE 1 = 0",
};

/** The rights to write that the databases do not give. */
export async function deniedRights(databases: Databases): Promise<DeniedRight[]> {
  const { kamailio, provisioning } = databases.config;
  if (kamailio.kind === "sqlite") return unwritable(kamailio.file);
  const denied = await deniedOn(databases, kamailio, WRITTEN, Object.keys(PROBES));
  return [
    ...denied,
    ...(await deniedOn(databases, provisioning, PROVISIONING_TABLES, ["INSERT", "DELETE"])),
  ];
}

async function deniedOn(
  { engine }: Databases,
  location: DatabaseLocation,
  tables: readonly string[],
  rights: readonly string[],
): Promise<DeniedRight[]> {
  const schema = location.kind === "mysql" ? location.database : "";
  const denied: DeniedRight[] = [];
  const [[row] = []]: { account: string }[][] = await engine.knex.raw(
    "SELECT CURRENT_USER() AS account",
  );
  const grantee = row?.account.replace(/^(.*)@([^@]*)$/, "'$1'@'$2'");
  for (const table of tables) {
    const name = `${schema}.${table}`;
    for (const right of rights) {
      const probe = PROBES[right] ?? "";
      try {
        await engine.knex.raw(probe, probe.split("??").slice(1).fill(name));
      } catch (error) {
        if (engine.classify(error) !== "denied") throw error;
        denied.push({
          table: name,
          right,
          grant: `GRANT ${right} ON \`${schema}\`.\`${table}\` TO ${grantee}`,
        });
      }
    }
  }
  return denied;
}

/** SQLite writes two more files beside the database's own. */
function unwritable(file: string): DeniedRight[] {
  return [file, dirname(file)].flatMap((path) => {
    try {
      accessSync(path, constants.W_OK);
      return [];
    } catch {
      return [{ table: path, right: "write", grant: `Let this user write to ${path}.` }];
    }
  });
}
