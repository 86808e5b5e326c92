import { existsSync, statSync } from "node:fs";
import type { Config } from "../config/config";
import { type DatabaseLocation, formatDatabaseUrl } from "../config/database-url";
import type { LockName } from "../model/lock-name";
import { critical } from "../model/refusal";
import { worthAnotherTry } from "./again";
import type { SchemaFacts } from "./engine";
import { DatabaseError } from "./error";
import { explainMissing } from "./explain";
import { firstMissing, type Known, NOTHING_KNOWN } from "./known";
import { InDoubt, type Link, type Servers } from "./link";
import { takeLocks } from "./locks";
import { type MigrationState, migrate, migrationState } from "./migrate";
import { patiently } from "./patiently";
import { Pool } from "./pool";
import type { Recovered } from "./recovery";
import { Schema } from "./schema";
import { openServers } from "./servers";
import { KAMAILIO_TABLES, OPTIONAL_KAMAILIO_TABLES, PROVISIONING_TABLES } from "./tables";
import { TwoServers } from "./two-servers";
import { HOLDING, sayHolding, sayWaiting } from "./waiting";

/** Kamailio's tables and ours, both inside one transaction. */
export interface UnitOfWork {
  readonly kamailio: Schema;
  readonly provisioning: Schema;
  /** Runs a statement on every server there is. */
  everywhere(sql: string): Promise<void>;
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
  /** The id of the record that says of it, once it has been done: where that is, all of it is. */
  record?(): string | undefined;
  /** Looks whether there is such a record, where the answer to the COMMIT was lost. */
  wasDone?(unit: UnitOfWork, record: string): Promise<boolean>;
}

/** How far a write has come: from `committing` on it can't be called back. */
export type WritePhase = "none" | "writing" | "committing";

/** Pauses before a lost transaction is tried again, in milliseconds. */
const PAUSES = { first: 20, longest: 400 };

/** Both databases behind one door. What is done through it is done in one transaction over both. */
export class Databases {
  /** What an interrupted process has to say of its write. */
  phase: WritePhase = "none";
  private readonly pool: Pool;
  private known: Known | undefined;

  private constructor(
    private readonly servers: Servers,
    readonly config: Config,
    private readonly notice: (text: string) => void,
  ) {
    this.pool = new Pool(servers);
  }

  /** `tell` hears every statement, without its values. */
  static async open(
    config: Config,
    notice: (text: string) => void,
    tell?: (statement: string) => void,
  ): Promise<Databases> {
    return new Databases(await openServers(config, notice, tell), config, notice);
  }

  /**
   * Refuses with error/config where no database is configured and the embedded one is not made yet:
   * whoever only looks makes none.
   */
  requireMade(): void {
    requireNamedFile(this.config);
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

  /** Runs `body` on one consistent view of both databases; of two servers on one of each, taken at once. */
  async read<T>(body: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    this.requireMade();
    const link = await this.pool.acquire();
    let ended = false;
    try {
      const result = await body(await this.begin(link, "read", []));
      ended = true;
      return result;
    } finally {
      if (ended) this.pool.releaseAfterLook(link);
      else await this.abandon(link);
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

  private async writeOnce<T>(work: Work<T>): Promise<T> {
    requireNamedFile(this.config);
    const { locks, trial = false, long = false, body } = work;
    const link = await this.pool.acquire();
    let committed = false;
    let holding: NodeJS.Timeout | undefined;
    try {
      this.phase = "writing";
      const holds = this.servers.kind === "sqlite";
      if (holds && long) this.notice(HOLDING);
      const unit = await this.begin(link, "write", locks);
      if (holds && !long) holding = sayHolding(this.notice);
      const result = await body(unit);
      if (!trial) {
        this.phase = "committing";
        await this.commit(link, work);
        committed = true;
      }
      return result;
    } finally {
      this.phase = "none";
      clearTimeout(holding);
      if (committed) this.pool.release(link);
      else await this.abandon(link);
    }
  }

  /**
   * Runs `body` so that it alone can fail and leave no trace; what ends the whole transaction goes
   * on up. One after another, never one in another: the next one takes the place of the last.
   */
  async savepoint<T>(unit: UnitOfWork, body: () => Promise<T>): Promise<T> {
    const begun = unit.everywhere("SAVEPOINT request");
    try {
      const [result] = await Promise.all([body(), begun]);
      return result;
    } catch (error) {
      if (!(error instanceof DatabaseError && error.endsTransaction)) {
        await begun;
        await unit.everywhere("ROLLBACK TO SAVEPOINT request");
      }
      throw error;
    } finally {
      // SQLite keeps those of one name side by side.
      if (this.servers.kind === "sqlite") {
        await unit.everywhere("RELEASE SAVEPOINT request").catch(() => {});
      }
    }
  }

  async migrate(): Promise<string[]> {
    // Whoever connects makes an SQLite file, with its mode.
    if (this.servers.kind === "sqlite") this.pool.release(await this.pool.acquire());
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
    return (await this.look((link) => this.describe(link))).kamailio;
  }

  /** Columns of the provisioning tables, for reports. */
  async provisioningFacts(): Promise<SchemaFacts> {
    return (await this.look((link) => this.describe(link))).provisioning;
  }

  /** Runs `body` on connections without a transaction of ours: for reports on the databases themselves. */
  async look<T>(body: (link: Link) => Promise<T>): Promise<T> {
    this.requireMade();
    const link = await this.pool.acquire();
    try {
      return await body(link);
    } finally {
      this.pool.release(link);
    }
  }

  /** Where both databases are on two servers, what keeps them together; undefined on one. */
  get two(): TwoServers | undefined {
    return this.servers instanceof TwoServers ? this.servers : undefined;
  }

  /** Ends what crashes have left prepared on Kamailio's server, where that is another one. */
  async recover(): Promise<Recovered[]> {
    return (await this.two?.recover()) ?? [];
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** Begins a transaction; the first one of a process learns what the tables look like with it. */
  private async begin(
    link: Link,
    mode: "read" | "write",
    locks: Iterable<LockName>,
  ): Promise<UnitOfWork> {
    const waiting = sayWaiting(this.notice);
    try {
      const blind = this.unit(link, this.known ?? NOTHING_KNOWN);
      const [known] = await Promise.all([
        this.known ?? this.describe(link),
        link.begin(mode, () => takeLocks(blind.provisioning, locks)),
      ]);
      this.requireTables(known);
      this.known = known;
      return this.unit(link, known);
    } catch (error) {
      if (!isMissing(error)) throw error;
      await link.rollback();
      await this.provide(link);
      return this.begin(link, mode, locks);
    } finally {
      clearTimeout(waiting);
    }
  }

  /** Makes the tables that are missing where that is ours to do; refuses elsewhere. */
  private async provide(link: Link): Promise<void> {
    const made = this.servers.kind === "sqlite" && (await this.makeTables()).length > 0;
    if (made) {
      const { embedded, kamailio } = this.config;
      if (embedded && kamailio.kind === "sqlite") {
        this.notice(`No database is configured: made the embedded one, ${kamailio.file}`);
      }
      return;
    }
    const missing = firstMissing(await this.describe(link));
    if (missing === undefined) return;
    throw explainMissing(this.config, missing, await this.servers.databases?.(link[missing.side]));
  }

  private requireTables(known: Known): void {
    const missing = firstMissing(known);
    if (missing === undefined) return;
    const place = formatDatabaseUrl(this.config[missing.side]);
    throw new DatabaseError("missing-table", `${place} has no ${missing.what}`);
  }

  private unit(link: Link, { kamailio, provisioning }: Known): UnitOfWork {
    const { kind } = this.servers;
    const { kamailio: theirs, provisioning: ours } = this.config;
    return {
      kamailio: new Schema(link.kamailio, kind, schemaOf(theirs), kamailio),
      provisioning: new Schema(link.provisioning, kind, schemaOf(ours), provisioning),
      everywhere: (sql) => link.everywhere(sql),
    };
  }

  private async describe(link: Link): Promise<Known> {
    const { servers, config } = this;
    const [kamailio, provisioning] = await Promise.all([
      servers.describe(link.kamailio, schemaOf(config.kamailio), [
        ...KAMAILIO_TABLES,
        ...OPTIONAL_KAMAILIO_TABLES,
      ]),
      servers.describe(link.provisioning, schemaOf(config.provisioning), PROVISIONING_TABLES),
    ]);
    return { kamailio, provisioning };
  }

  /** Where the connection is lost before the answer is there, another one is asked how it went. */
  private async commit(
    link: Link,
    { record, wasDone }: Pick<Work<unknown>, "record" | "wasDone">,
  ): Promise<void> {
    const written = record?.();
    try {
      await link.commit(written);
    } catch (error) {
      if (!(error instanceof InDoubt)) throw error;
      const look = () =>
        this.read(async (unit) => (written === undefined ? undefined : wasDone?.(unit, written)));
      const done = await patiently(this.patience, look).catch(() => undefined);
      if (done) return;
      if (done === false && this.patience.again(error.why)) throw error.why;
      const lost = `The connection was lost while the work was being committed (${error.why.words}): `;
      const known = done === false ? "nothing was done." : LOOK_FIRST;
      throw critical("dbfail", lost + known);
    }
  }

  /** Ends a transaction without a trace. The error that led here is the one that counts. */
  private async abandon(link: Link): Promise<void> {
    await link.rollback();
    this.pool.release(link);
  }
}

/**
 * Refuses with error/config where the SQLite file that the configuration names is not there, or has
 * nothing in it: a slip in its path would be a new database.
 */
function requireNamedFile({ embedded, kamailio }: Config): void {
  if (embedded || kamailio.kind !== "sqlite") return;
  const { file } = kamailio;
  const found = existsSync(file) ? statSync(file).size : undefined;
  if (found !== undefined && found > 0) return;
  const lacks = found === 0 ? `${file} is empty` : `There is no ${file}`;
  throw critical(
    "config",
    `${lacks}. Is the path right? A database is made there by: hermes db migrate`,
  );
}

const LOOK_FIRST = "it may have been done, or not. Look before you do it again.";

const isMissing = (error: unknown) =>
  error instanceof DatabaseError &&
  (error.kind === "missing-table" || error.kind === "missing-database");

const schemaOf = (location: DatabaseLocation) =>
  location.kind === "mysql" ? location.database : undefined;
