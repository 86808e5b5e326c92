import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseLocation } from "../config/database-url";
import type { Databases } from "./databases";
import type { DriverError, Engine } from "./engine";
import { PROVISIONING_TABLES } from "./tables";

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

/** Kamailio's tables that nodes write. */
const WRITTEN = ["subscriber", "dbaliases", "usr_preferences"];

/** Explained, not done: the server asks for the same rights. */
const PROBES: Readonly<Record<string, string>> = {
  INSERT: "EXPLAIN INSERT INTO ?? SELECT * FROM ?? WHERE 1 = 0",
  UPDATE: "EXPLAIN UPDATE ?? SET username = username WHERE 1 = 0",
  DELETE: "EXPLAIN DELETE FROM ?? WHERE 1 = 0",
};

/** ER_OPTION_PREVENTS_STATEMENT (read_only), ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION, ER_READ_ONLY_MODE. */
const READ_ONLY: readonly unknown[] = [1290, 1792, 1836];
const isReadOnly = (error: unknown) => READ_ONLY.includes((error as DriverError).errno);

/** Looks whether Hermes may write what its nodes write; writes nothing. */
export async function writeRights(databases: Databases): Promise<WriteRights> {
  const { kamailio, provisioning } = databases.config;
  if (kamailio.kind === "sqlite") return fileRights(kamailio.file);
  const { engine } = databases;
  try {
    const denied = [
      ...(await deniedOn(engine, kamailio, WRITTEN, Object.keys(PROBES))),
      ...(await deniedOn(engine, provisioning, PROVISIONING_TABLES, ["INSERT", "DELETE"])),
    ];
    return { readOnly: undefined, denied };
  } catch (error) {
    if (!isReadOnly(error)) throw error;
    return { readOnly: engine.explain(error), denied: [] };
  }
}

async function deniedOn(
  engine: Engine,
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
        if (isReadOnly(error) || engine.classify(error) !== "denied") throw error;
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
