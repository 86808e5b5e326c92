import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import type { Config } from "../config/config";
import { type DatabaseLocation, formatDatabaseUrl, sameServer } from "../config/database-url";
import { critical, failed, Refusal } from "../model/refusal";
import { deniedDetail } from "./denied";
import type { Engine, TableFacts } from "./engine";
import { type MigrationState, migrate, migrationState } from "./migrate";
import { openMysql } from "./mysql";
import { Schema } from "./schema";
import { openSqlite } from "./sqlite";
import { KAMAILIO_TABLES, PROVISIONING_TABLES } from "./tables";

/** Kamailio's tables and ours, both inside one transaction. */
export interface UnitOfWork {
  readonly kamailio: Schema;
  readonly provisioning: Schema;
}

const ATTEMPTS = 6;

/** How far a write has come: from `committing` on it can't be called back. */
export type WritePhase = "none" | "writing" | "committing";

/** Carries what a trial run came to past the rollback. */
class TrialDone extends Error {
  constructor(readonly result: unknown) {
    super("A trial is rolled back.");
  }
}

type Facts = ReadonlyMap<string, TableFacts>;

/** Both databases behind one door. What is done through it is done in one transaction over both. */
export class Databases {
  /** What an interrupted process has to say of its write. */
  phase: WritePhase = "none";
  private facts: Promise<{ kamailio: Facts; provisioning: Facts }> | undefined;

  private constructor(
    readonly engine: Engine,
    readonly config: Config,
    private readonly notice: (text: string) => void,
  ) {}

  static async open(config: Config, notice: (text: string) => void): Promise<Databases> {
    const { kamailio, provisioning } = config;
    if (!sameServer(kamailio, provisioning)) {
      throw critical(
        "config",
        `${formatDatabaseUrl(kamailio)} and ${formatDatabaseUrl(provisioning)} are two servers. Hermes needs both databases on one server, or in one SQLite file.`,
      );
    }
    return new Databases(await openEngine(kamailio, provisioning), config, notice);
  }

  /** Runs `body` on one consistent view of both databases. */
  async read<T>(body: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    const { kamailio, provisioning } = await this.known();
    return this.engine.knex.transaction(
      (trx) => body(this.unit(trx, kamailio, provisioning)),
      this.engine.kind === "sqlite" ? { readOnly: true } : {},
    );
  }

  /**
   * Runs `body` in one transaction over both databases: all of it happens or nothing. One that
   * loses against another writer (deadlock, lock timeout) is run again from the start. A trial
   * does everything and is rolled back.
   */
  async write<T>(body: (unit: UnitOfWork) => Promise<T>, trial = false): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.writeOnce(body, trial);
      } catch (error) {
        if (error instanceof TrialDone) return error.result as T;
        if (error instanceof Refusal || !this.mayRetry(error) || attempt === ATTEMPTS) throw error;
        await sleep(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  /**
   * Runs `body` inside a transaction so that it alone can fail and leave no trace. One after
   * another, never one in another: the next one's savepoint takes the place of the last.
   */
  async savepoint<T>(unit: UnitOfWork, body: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    const { trx, kind } = unit.kamailio;
    await trx.raw("SAVEPOINT request");
    try {
      return await body(unit);
    } catch (error) {
      // A deadlock has ended the whole transaction, and its savepoints.
      if (!this.mayRetry(error)) await trx.raw("ROLLBACK TO SAVEPOINT request");
      unit.provisioning.locked.clear();
      throw error;
    } finally {
      // SQLite keeps those of one name side by side.
      if (kind === "sqlite") await trx.raw("RELEASE SAVEPOINT request");
    }
  }

  /** Whether an error has ended the whole transaction, which may be run again from the start. */
  mayRetry(error: unknown): boolean {
    return this.engine.classify(error) === "retry";
  }

  private async writeOnce<T>(body: (unit: UnitOfWork) => Promise<T>, trial: boolean): Promise<T> {
    const { kamailio, provisioning } = await this.known();
    try {
      return await this.engine.knex.transaction(async (trx) => {
        this.phase = "writing";
        const result = await body(this.unit(trx, kamailio, provisioning));
        if (trial) throw new TrialDone(result);
        this.phase = "committing";
        return result;
      });
    } finally {
      this.phase = "none";
    }
  }

  /** The answer to a database error: what went wrong in the server's own words, and what to do. */
  refusal(error: unknown): Refusal {
    const words = this.engine.explain(error);
    switch (this.engine.classify(error)) {
      case "unreachable":
        return critical(
          "dbfail",
          `Can't use ${formatDatabaseUrl(this.config.kamailio)}: ${words}. See hermes db status.`,
        );
      case "missing-table":
        return critical("dbfail", `${words}. Run: hermes db migrate`);
      case "denied":
        return failed("dbfail", deniedDetail(words));
      default:
        return failed("dbfail", `The database refuses it: ${words}`);
    }
  }

  async migrate(): Promise<string[]> {
    const names = await migrate(this.config.kamailio, this.config.provisioning);
    this.facts = undefined;
    return names;
  }

  migrationState(): Promise<MigrationState> {
    return migrationState(this.config.provisioning);
  }

  /** Columns of Kamailio's tables, for reports; a missing table is missing. */
  kamailioFacts(): Promise<Facts> {
    return this.engine.describe(schemaOf(this.config.kamailio), KAMAILIO_TABLES);
  }

  /** Columns of the provisioning tables, for reports. */
  provisioningFacts(): Promise<Facts> {
    return this.engine.describe(schemaOf(this.config.provisioning), PROVISIONING_TABLES);
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  private unit(trx: Knex.Transaction, kamailio: Facts, provisioning: Facts): UnitOfWork {
    const { kind } = this.engine;
    return {
      kamailio: new Schema(trx, kind, schemaOf(this.config.kamailio), kamailio),
      provisioning: new Schema(trx, kind, schemaOf(this.config.provisioning), provisioning),
    };
  }

  private known() {
    this.facts ??= this.detect();
    return this.facts;
  }

  private async detect() {
    let found = await this.describe();
    if (found.missing.length > 0 && this.engine.kind === "sqlite") {
      const names = await this.migrate();
      if (this.config.embedded && names.length > 0) {
        this.notice(
          `No database is configured: made the embedded one, ${(this.config.kamailio as { file: string }).file}`,
        );
      }
      found = await this.describe();
    }
    const missing = found.missing[0];
    if (missing !== undefined) {
      const place = formatDatabaseUrl(this.config[missing.side]);
      throw critical(
        "dbfail",
        missing.side === "kamailio"
          ? `${place} has no table ${missing.table} that we may read. Is it Kamailio's database?`
          : `${place} has no table ${missing.table}. Run: hermes db migrate`,
      );
    }
    return found;
  }

  private async describe() {
    // In turn: at once they would open a connection each.
    const kamailio = await this.kamailioFacts();
    const provisioning = await this.provisioningFacts();
    const missing = [
      ...lacking(KAMAILIO_TABLES, kamailio, "kamailio"),
      ...lacking(PROVISIONING_TABLES, provisioning, "provisioning"),
    ];
    return { kamailio, provisioning, missing };
  }
}

function lacking(tables: readonly string[], facts: Facts, side: "kamailio" | "provisioning") {
  return tables.filter((table) => !facts.has(table)).map((table) => ({ side, table }));
}

const schemaOf = (location: DatabaseLocation) =>
  location.kind === "mysql" ? location.database : undefined;

/** One server can be named with two users: the one that may see both databases serves both. */
async function openEngine(
  kamailio: DatabaseLocation,
  provisioning: DatabaseLocation,
): Promise<Engine> {
  if (kamailio.kind === "sqlite") return openSqlite(kamailio);
  if (provisioning.kind === "sqlite") return openSqlite(provisioning);
  if (provisioning.user === kamailio.user) return openMysql(kamailio);
  const own = await openMysql(provisioning);
  try {
    if ((await own.describe(kamailio.database, ["subscriber"])).size > 0) return own;
  } catch (error) {
    if (own.classify(error) !== "unreachable") throw error;
  }
  await own.close();
  return openMysql(kamailio);
}
