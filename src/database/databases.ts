import { existsSync } from "node:fs";
import type { Config } from "../config/config";
import {
  type DatabaseLocation,
  formatDatabaseUrl,
  sameServer,
  sameTls,
} from "../config/database-url";
import type { LockName } from "../model/lock-name";
import { critical } from "../model/refusal";
import { worthAnotherTry } from "./again";
import type { Connection } from "./connection";
import type { Engine, SchemaFacts } from "./engine";
import { DatabaseError, type ErrorKind } from "./error";
import { explainMissing, type Missing } from "./explain";
import { takeLocks } from "./locks";
import { type MigrationState, migrate, migrationState } from "./migrate";
import { openMysql } from "./mysql";
import { patiently } from "./patiently";
import { Pool } from "./pool";
import { Schema } from "./schema";
import { openSqlite } from "./sqlite";
import {
  KAMAILIO_TABLES,
  OPTIONAL_KAMAILIO_TABLES,
  PROVISIONING_COLUMNS,
  PROVISIONING_TABLES,
} from "./tables";
import { told } from "./told";
import { HOLDING, sayHolding, sayWaiting } from "./waiting";

/** Kamailio's tables and ours, both inside one transaction. */
export interface UnitOfWork {
  readonly kamailio: Schema;
  readonly provisioning: Schema;
}

/** A transaction that writes. */
export interface Work<T> {
  /** Taken before anything is read. */
  readonly locks: Iterable<LockName>;
  /** Does everything and is rolled back. */
  readonly trial?: boolean | undefined;
  /** Known to take a second or more: who has to wait for it is told before it begins. */
  readonly long?: boolean | undefined;
  body(unit: UnitOfWork): Promise<T>;
  /** Looks whether it was done, where the answer to its COMMIT was lost; undefined where nothing tells. */
  wasDone?(unit: UnitOfWork): Promise<boolean | undefined>;
}

/** How far a write has come: from `committing` on it can't be called back. */
export type WritePhase = "none" | "writing" | "committing";

/** Pauses before a lost transaction is tried again, in milliseconds. */
const PAUSES = { first: 20, longest: 400 };

interface Known {
  readonly kamailio: SchemaFacts;
  readonly provisioning: SchemaFacts;
}

/** Both databases behind one door. What is done through it is done in one transaction over both. */
export class Databases {
  /** What an interrupted process has to say of its write. */
  phase: WritePhase = "none";
  private readonly pool: Pool;
  private known: Known | undefined;

  private constructor(
    readonly engine: Engine,
    readonly config: Config,
    private readonly notice: (text: string) => void,
  ) {
    this.pool = new Pool(engine);
  }

  /** `tell` hears every statement, without its values. */
  static async open(
    config: Config,
    notice: (text: string) => void,
    tell?: (statement: string) => void,
  ): Promise<Databases> {
    const { kamailio, provisioning } = config;
    if (!sameServer(kamailio, provisioning)) {
      throw critical(
        "config",
        `${formatDatabaseUrl(kamailio)} and ${formatDatabaseUrl(provisioning)} are two servers. Hermes needs both databases on one server, or in one SQLite file.`,
      );
    }
    if (!sameTls(kamailio, provisioning)) {
      throw critical(
        "config",
        `${formatDatabaseUrl(kamailio)} and ${formatDatabaseUrl(provisioning)} are one server and want different things of TLS. Give both the same ssl- options.`,
      );
    }
    const engine = await openEngine(config, notice);
    return new Databases(tell === undefined ? engine : told(engine, tell), config, notice);
  }

  /**
   * Refuses with error/config where no database is configured and the embedded one is not made yet:
   * whoever only looks makes none.
   */
  requireMade(): void {
    const { kamailio, kamctlrc } = this.config;
    if (kamailio.kind !== "sqlite" || this.isMade) return;
    const found = kamctlrc === undefined ? "" : ` beside Kamailio (there is ${kamctlrc})`;
    throw critical(
      "config",
      `No database is configured, and there is none in ${kamailio.file} yet. Set one up${found}: hermes init. To try Hermes out: hermes quickstart`,
    );
  }

  /** Makes the embedded database where it is the one that applies and is not made yet. */
  async make(): Promise<void> {
    if (!this.isMade) await this.write({ locks: [], body: async () => {} });
  }

  private get isMade(): boolean {
    const { embedded, kamailio } = this.config;
    return !embedded || kamailio.kind !== "sqlite" || existsSync(kamailio.file);
  }

  /** Runs `body` on one consistent view of both databases. */
  async read<T>(body: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    this.requireMade();
    const connection = await this.pool.acquire();
    let ended = false;
    try {
      const result = await body(await this.begin(connection, "read", []));
      ended = true;
      return result;
    } finally {
      if (ended) this.pool.releaseAfterLook(connection);
      else await this.abandon(connection);
    }
  }

  /**
   * Runs `body` in one transaction over both databases: all of it happens or nothing. One that
   * loses against another writer (deadlock, lock timeout), or its server where there are others,
   * is run again from the start until `database.lock_timeout` is over.
   */
  write<T>(work: Work<T>): Promise<T> {
    return patiently(this.patience, () => this.writeOnce(work));
  }

  private get patience() {
    const { database, kamailio } = this.config;
    return { seconds: database.lockTimeout, ...PAUSES, again: worthAnotherTry(kamailio) };
  }

  private async writeOnce<T>({
    locks,
    trial = false,
    long = false,
    body,
    wasDone,
  }: Work<T>): Promise<T> {
    const connection = await this.pool.acquire();
    let committed = false;
    let holding: NodeJS.Timeout | undefined;
    try {
      this.phase = "writing";
      const holds = this.engine.kind === "sqlite";
      if (holds && long) this.notice(HOLDING);
      const unit = await this.begin(connection, "write", locks);
      if (holds && !long) holding = sayHolding(this.notice);
      const result = await body(unit);
      if (!trial) {
        this.phase = "committing";
        await this.commit(connection, wasDone);
        committed = true;
      }
      return result;
    } finally {
      this.phase = "none";
      clearTimeout(holding);
      if (committed) this.pool.release(connection);
      else await this.abandon(connection);
    }
  }

  /**
   * Runs `body` so that it alone can fail and leave no trace; what ends the whole transaction goes
   * on up. One after another, never one in another: the next one takes the place of the last.
   */
  async savepoint<T>({ kamailio }: UnitOfWork, body: () => Promise<T>): Promise<T> {
    const begun = kamailio.changed("SAVEPOINT request");
    try {
      const [result] = await Promise.all([body(), begun]);
      return result;
    } catch (error) {
      if (!(error instanceof DatabaseError && error.endsTransaction)) {
        await begun;
        await kamailio.changed("ROLLBACK TO SAVEPOINT request");
      }
      throw error;
    } finally {
      // SQLite keeps those of one name side by side.
      if (kamailio.kind === "sqlite") {
        await kamailio.changed("RELEASE SAVEPOINT request").catch(() => {});
      }
    }
  }

  async migrate(): Promise<string[]> {
    // Whoever connects makes an SQLite file, with its mode.
    if (this.engine.kind === "sqlite") this.pool.release(await this.pool.acquire());
    return this.makeTables();
  }

  private async makeTables(): Promise<string[]> {
    const { kamailio, provisioning } = this.config;
    const names = await migrate(kamailio, provisioning);
    this.known = undefined;
    return names;
  }

  async migrationState(): Promise<MigrationState> {
    this.requireMade();
    return migrationState(this.config.provisioning);
  }

  /** Columns of Kamailio's tables, for reports; a missing table is missing. */
  async kamailioFacts(): Promise<SchemaFacts> {
    return (await this.look((connection) => this.describe(connection))).kamailio;
  }

  /** Columns of the provisioning tables, for reports. */
  async provisioningFacts(): Promise<SchemaFacts> {
    return (await this.look((connection) => this.describe(connection))).provisioning;
  }

  /** Runs `body` on a connection without a transaction of ours: for reports on the databases themselves. */
  async look<T>(body: (connection: Connection) => Promise<T>): Promise<T> {
    this.requireMade();
    const connection = await this.pool.acquire();
    try {
      return await body(connection);
    } finally {
      this.pool.release(connection);
    }
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** Begins a transaction; the first one of a process learns what the tables look like with it. */
  private async begin(
    connection: Connection,
    mode: "read" | "write",
    locks: Iterable<LockName>,
  ): Promise<UnitOfWork> {
    const waiting = sayWaiting(this.notice);
    try {
      const blind = this.unit(connection, this.known ?? NOTHING_KNOWN);
      const [known] = await Promise.all([
        this.known ?? this.describe(connection),
        this.engine.begin(connection, mode),
        takeLocks(blind.provisioning, locks),
      ]);
      this.requireTables(known);
      this.known = known;
      return this.unit(connection, known);
    } catch (error) {
      if (!isMissing(error)) throw error;
      await rollback(connection);
      await this.provide(connection);
      return this.begin(connection, mode, locks);
    } finally {
      clearTimeout(waiting);
    }
  }

  /** Makes the tables that are missing where that is ours to do; refuses elsewhere. */
  private async provide(connection: Connection): Promise<void> {
    const made = this.engine.kind === "sqlite" && (await this.makeTables()).length > 0;
    if (made) {
      const { embedded, kamailio } = this.config;
      if (embedded && kamailio.kind === "sqlite") {
        this.notice(`No database is configured: made the embedded one, ${kamailio.file}`);
      }
      return;
    }
    const missing = firstMissing(await this.describe(connection));
    if (missing === undefined) return;
    throw explainMissing(this.config, missing, await this.engine.databases?.(connection));
  }

  private requireTables(known: Known): void {
    const missing = firstMissing(known);
    if (missing === undefined) return;
    const place = formatDatabaseUrl(this.config[missing.side]);
    throw new DatabaseError("missing-table", `${place} has no ${missing.what}`);
  }

  private unit(connection: Connection, { kamailio, provisioning }: Known): UnitOfWork {
    const { kind } = this.engine;
    return {
      kamailio: new Schema(connection, kind, schemaOf(this.config.kamailio), kamailio),
      provisioning: new Schema(connection, kind, schemaOf(this.config.provisioning), provisioning),
    };
  }

  private async describe(connection: Connection): Promise<Known> {
    const { engine, config } = this;
    const [kamailio, provisioning] = await Promise.all([
      engine.describe(connection, schemaOf(config.kamailio), [
        ...KAMAILIO_TABLES,
        ...OPTIONAL_KAMAILIO_TABLES,
      ]),
      engine.describe(connection, schemaOf(config.provisioning), PROVISIONING_TABLES),
    ]);
    return { kamailio, provisioning };
  }

  /** Where the connection is lost before the answer is there, another one is asked how it went. */
  private async commit(connection: Connection, wasDone: Work<never>["wasDone"]): Promise<void> {
    try {
      await connection.run("COMMIT");
    } catch (error) {
      if (!(error instanceof DatabaseError && LEFT_OPEN.has(error.kind))) throw error;
      const look = () => this.read(async (unit) => wasDone?.(unit));
      const done = await patiently(this.patience, look).catch(() => undefined);
      if (done) return;
      if (done === false && this.patience.again(error)) throw error;
      const lost = `The connection was lost while the work was being committed (${error.words}): `;
      const known = done === false ? "nothing was done." : LOOK_FIRST;
      throw critical("dbfail", lost + known);
    }
  }

  /** Ends a transaction without a trace. The error that led here is the one that counts. */
  private async abandon(connection: Connection): Promise<void> {
    await rollback(connection);
    this.pool.release(connection);
  }
}

/** A COMMIT that ends so may have been done, or not. */
const LEFT_OPEN: ReadonlySet<ErrorKind> = new Set(["lost", "unsure"]);

const LOOK_FIRST = "it may have been done, or not. Look before you do it again.";

const NOTHING_KNOWN: Known = { kamailio: new Map(), provisioning: new Map() };

async function rollback(connection: Connection): Promise<void> {
  try {
    await connection.run("ROLLBACK");
  } catch {
    // It is over already, or the connection is.
  }
}

const isMissing = (error: unknown) =>
  error instanceof DatabaseError &&
  (error.kind === "missing-table" || error.kind === "missing-database");

const firstMissing = ({ kamailio, provisioning }: Known): Missing | undefined =>
  [
    ...lacking(KAMAILIO_TABLES, kamailio, "kamailio"),
    ...lacking(PROVISIONING_TABLES, provisioning, "provisioning"),
    ...lackingColumns(provisioning),
  ][0];

function lacking(tables: readonly string[], facts: SchemaFacts, side: "kamailio" | "provisioning") {
  return tables
    .filter((table) => !facts.has(table))
    .map((table) => ({ side, what: `table ${table}` }));
}

/** What a newer migration would have added. */
function lackingColumns(facts: SchemaFacts) {
  return PROVISIONING_COLUMNS.filter(
    ({ table, column }) => facts.get(table)?.has(column) === false,
  ).map(({ table, column }) => ({
    side: "provisioning" as const,
    what: `column ${column} in ${table}`,
  }));
}

const schemaOf = (location: DatabaseLocation) =>
  location.kind === "mysql" ? location.database : undefined;

/** One server can be named with two users: the one that may see both databases serves both. */
async function openEngine(
  { kamailio, provisioning, database }: Config,
  notice: (text: string) => void,
): Promise<Engine> {
  if (kamailio.kind === "sqlite") return openSqlite(kamailio, database.lockTimeout, notice);
  if (provisioning.kind === "sqlite") return openSqlite(provisioning, database.lockTimeout, notice);
  if (provisioning.user === kamailio.user) return openMysql(kamailio, database, notice);
  const own = openMysql(provisioning, database, notice);
  const connection = await own.connect();
  try {
    const seen = await own.describe(connection, kamailio.database, ["subscriber"]);
    return seen.size > 0 ? own : openMysql(kamailio, database, notice);
  } finally {
    await connection.close();
  }
}
