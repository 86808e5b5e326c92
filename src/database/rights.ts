import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseLocation } from "../config/database-url";
import type { Connection } from "./connection";
import { currentAccount } from "./current-account";
import type { Databases } from "./databases";
import { DatabaseError, type DriverError } from "./error";
import { KAMAILIO_RIGHTS, PROVISIONING_RIGHTS, type Right } from "./tables";

export interface DeniedRight {
  readonly table: string;
  readonly right: string;
  /** What allows it. */
  readonly grant: string;
}

/** What the databases let Hermes write. */
export interface WriteRights {
  /** Where nobody may write, whatever their rights: the words for it. Rights show only once that is over. */
  readonly readOnly: string | undefined;
  readonly denied: readonly DeniedRight[];
}

/** Explained, not done: the server asks for the same rights. */
const PROBES: Readonly<Record<Right, (table: string) => string>> = {
  INSERT: (table: string) => `EXPLAIN INSERT INTO ${table} SELECT * FROM ${table} WHERE 1 = 0`,
  UPDATE: (table: string) => `EXPLAIN UPDATE ${table} SET username = username WHERE 1 = 0`,
  DELETE: (table: string) => `EXPLAIN DELETE FROM ${table} WHERE 1 = 0`,
};

/** Looks whether Hermes may write what its nodes write; writes nothing. */
export async function writeRights(databases: Databases): Promise<WriteRights> {
  const { kamailio, provisioning } = databases.config;
  if (kamailio.kind === "sqlite") return fileRights(kamailio.file);
  try {
    const facts = await databases.kamailioFacts();
    const there = Object.entries(KAMAILIO_RIGHTS).filter(([table]) => facts.has(table));
    const denied = await databases.look(async (link) => [
      ...(await deniedOn(link.kamailio, kamailio, there)),
      ...(await deniedOn(link.provisioning, provisioning, Object.entries(PROVISIONING_RIGHTS))),
    ]);
    return { readOnly: undefined, denied };
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.kind !== "read-only") throw error;
    return { readOnly: error.words, denied: [] };
  }
}

async function deniedOn(
  connection: Connection,
  location: DatabaseLocation,
  tables: readonly (readonly [table: string, rights: readonly Right[]])[],
): Promise<DeniedRight[]> {
  const schema = location.kind === "mysql" ? location.database : "";
  const denied: DeniedRight[] = [];
  const { user, host } = await currentAccount(connection);
  const grantee = `'${user}'@'${host}'`;
  for (const [table, rights] of tables) {
    const name = `\`${schema}\`.\`${table}\``;
    for (const right of rights) {
      try {
        await connection.run(PROBES[right](name));
      } catch (error) {
        if (!(error instanceof DatabaseError) || error.kind !== "denied") throw error;
        denied.push({
          table: `${schema}.${table}`,
          right,
          grant: `GRANT ${right} ON ${name} TO ${grantee}`,
        });
      }
    }
  }
  return denied;
}

/** SQLite writes two more files beside the database's own. */
function fileRights(file: string): WriteRights {
  const denied: DeniedRight[] = [];
  for (const path of [file, dirname(file)]) {
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      const { code } = error as DriverError;
      if (code === "EROFS")
        return { readOnly: `${path} is on a read-only file system`, denied: [] };
      denied.push({ table: path, right: "write", grant: `Let this user write to ${path}.` });
    }
  }
  return { readOnly: undefined, denied };
}
