import { setTimeout as sleep } from "node:timers/promises";
import { formatDatabaseUrl, type MysqlLocation } from "../config/database-url";
import { critical } from "../model/refusal";
import { newBranch, siteTag } from "./branch";
import type { Engine } from "./engine";
import { DatabaseError } from "./error";
import { InDoubt, type Link, quietly, type Servers } from "./link";
import { isolation } from "./mysql";
import {
  branchesOf,
  isAbandoned,
  type Parties,
  prepared,
  type Recovered,
  recover,
  resolve,
} from "./recovery";
import { placed, Side } from "./side";

/** So long a write that is decided on is left to its own process, in milliseconds. */
const OWNERS_TIME = 250;

/** A pause before it is looked again whether it is through, in milliseconds. */
const PAUSE = 10;

interface End {
  readonly engine: Engine;
  readonly location: MysqlLocation;
}

/**
 * Kamailio's tables on one server and ours on another, changed by one transaction: Kamailio's server
 * (K) holds a prepared XA branch, provisioning's (P) decides. P's COMMIT, with a row in `decisions`,
 * is the point from which on it is done; K is told afterwards, by whoever is there to do it.
 *
 *     K: XA START            P: START TRANSACTION, locks
 *     K: XA END, XA PREPARE
 *                            P: INSERT decisions, COMMIT
 *     K: XA COMMIT
 *                            P: DELETE decisions
 *
 * Locks are P's and end with its COMMIT: whoever takes them next waits until K has what was decided.
 */
export class TwoServers implements Servers {
  readonly kind = "mysql";
  readonly connections: number;
  readonly describe: Engine["describe"];
  readonly databases: Engine["databases"];
  readonly site: string;
  /** The name of the table, as it stands in a statement. */
  readonly decisions: string;
  /** Whether this user may see what is prepared on K. */
  mayList = true;

  constructor(
    private readonly kamailio: End,
    readonly provisioning: End,
    /** Seconds that a write waits for others. */
    readonly lockTimeout: number,
    readonly notice: (text: string) => void,
  ) {
    this.connections = kamailio.engine.connections;
    this.describe = kamailio.engine.describe;
    this.databases = kamailio.engine.databases;
    const { database } = provisioning.location;
    this.site = siteTag(kamailio.location.database, database);
    this.decisions = `\`${database.replaceAll("`", "``")}\`.decisions`;
  }

  get kamailioPlace(): string {
    return formatDatabaseUrl(this.kamailio.location);
  }

  async connect(): Promise<TwoConnections> {
    const [kamailio, provisioning] = await Promise.allSettled([
      connected(this.kamailio),
      connected(this.provisioning),
    ]);
    if (kamailio.status === "fulfilled" && provisioning.status === "fulfilled") {
      return new TwoConnections(this, kamailio.value, provisioning.value);
    }
    for (const side of [kamailio, provisioning]) {
      if (side.status === "fulfilled") await side.value.close();
    }
    throw (kamailio.status === "rejected" ? kamailio : (provisioning as PromiseRejectedResult))
      .reason;
  }

  /** Runs `body` on connections of its own. */
  async apart<T>(body: (parties: Parties) => Promise<T>): Promise<T> {
    const link = await this.connect();
    try {
      return await body(link.parties);
    } finally {
      await link.close();
    }
  }

  /** The site's branches that nobody is about to end; undefined where this user may not see any. */
  abandoned(): Promise<string[] | undefined> {
    return this.apart(async (parties) => {
      try {
        return (await prepared(parties)).filter(isAbandoned);
      } catch (error) {
        if (error instanceof DatabaseError && error.kind === "denied") return undefined;
        throw error;
      }
    });
  }

  /** Ends what others have left prepared; all of it, or what nobody is about to end. */
  recover(which?: (branch: string) => boolean): Promise<Recovered[]> {
    return this.apart((parties) => recover(parties, which));
  }
}

async function connected({ engine, location }: End): Promise<Side> {
  const place = formatDatabaseUrl(location);
  try {
    return new Side(await engine.connect(), place);
  } catch (error) {
    throw placed(error, place);
  }
}

class TwoConnections implements Link {
  /** The branch of the transaction under way, where it writes. */
  private branch: string | undefined;
  /** How far it has come. A branch in doubt must not be touched by us. */
  private stage: "open" | "prepared" | "in doubt" = "open";
  private started: Promise<unknown> = Promise.resolve();
  private spoiled = false;

  constructor(
    private readonly servers: TwoServers,
    readonly kamailio: Side,
    readonly provisioning: Side,
  ) {}

  get parties(): Parties {
    const { kamailio, provisioning, servers } = this;
    return { kamailio, provisioning, decisions: servers.decisions, site: servers.site };
  }

  get broken(): boolean {
    return this.spoiled || this.kamailio.broken || this.provisioning.broken;
  }

  begin(mode: "read" | "write", take: () => Promise<void>): Promise<void> {
    return mode === "read" ? this.beginToRead(take) : this.beginToWrite(take);
  }

  async everywhere(sql: string): Promise<void> {
    await Promise.all([this.kamailio.run(sql), this.provisioning.run(sql)]);
  }

  async commit(record: string | undefined): Promise<void> {
    const { branch, kamailio, provisioning } = this;
    if (branch === undefined || !kamailio.wrote) {
      // K has nothing to keep.
      const [kept] = await Promise.allSettled([provisioning.run("COMMIT"), this.endBranch()]);
      if (kept.status === "rejected") throw kept.reason;
      return;
    }
    this.stage = "prepared";
    await Promise.all([kamailio.run(`XA END '${branch}'`), kamailio.run(`XA PREPARE '${branch}'`)]);
    const told = await this.decide(branch, record);
    this.branch = undefined;
    if (!told) await this.tell(branch);
  }

  async rollback(): Promise<void> {
    // After a look it goes ahead of whatever is asked next.
    if (this.branch === undefined) return this.everywhere("ROLLBACK").catch(() => {});
    await this.started.catch(() => {});
    await Promise.all([quietly(this.provisioning, "ROLLBACK"), this.endBranch()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.kamailio.close(), this.provisioning.close()]);
  }

  private async beginToRead(take: () => Promise<void>): Promise<void> {
    const { kamailio, provisioning, servers } = this;
    const { engine } = servers.provisioning;
    await Promise.all([engine.begin(kamailio, "read"), engine.begin(provisioning, "read"), take()]);
  }

  private async beginToWrite(take: () => Promise<void>): Promise<void> {
    const { servers, provisioning } = this;
    const branch = newBranch(servers.site);
    this.branch = branch;
    this.stage = "open";
    const started = this.start(branch);
    this.started = started;
    const [left, , , decided] = await Promise.all([
      started,
      servers.provisioning.engine.begin(provisioning, "write"),
      take(),
      this.decided(),
    ]);
    if (left.some(isAbandoned)) await servers.recover(isAbandoned);
    if (decided) await this.settled();
  }

  /** Begins K's branch, and answers which others stand prepared. */
  private async start(branch: string): Promise<string[]> {
    const { kamailio, servers } = this;
    kamailio.wrote = false;
    try {
      const [{ rows }] = await Promise.all([
        servers.mayList ? kamailio.run<{ data: string }>("XA RECOVER") : { rows: [] },
        kamailio.run(isolation("READ COMMITTED")),
        kamailio.run(`XA START '${branch}'`),
      ]);
      return branchesOf(rows, servers.site);
    } catch (error) {
      const { kind } = error as DatabaseError;
      if (kind === "denied" && servers.mayList) {
        servers.mayList = false;
        return this.start(branch);
      }
      if (kind !== "unsupported") throw error;
      throw critical(
        "dbfail",
        `${servers.kamailioPlace} is of a Galera cluster, which takes no part in a transaction over two servers. Give Hermes a database on that cluster: provisioning.url`,
      );
    }
  }

  /** Whether there is anything that K may not have yet. */
  private async decided(): Promise<boolean> {
    const { rows } = await this.provisioning.run(
      `SELECT xid FROM ${this.servers.decisions} WHERE outcome = 'commit' LIMIT 1`,
    );
    return rows.length > 0;
  }

  /** Waits until K has everything that was decided: what is read there could be out of date. */
  private async settled(): Promise<void> {
    const begun = Date.now();
    for (let owners = true; await this.decided(); await sleep(PAUSE)) {
      const waited = Date.now() - begun;
      if (waited > this.servers.lockTimeout * 1000) {
        throw new DatabaseError("retry", "Kamailio's server lacks what another process is writing");
      }
      if (owners && waited < OWNERS_TIME) continue;
      owners = false;
      await this.servers.recover();
    }
  }

  /** P decides. Where that fails it is made certain what was decided. Answers whether K has it. */
  private async decide(branch: string, record: string | undefined): Promise<boolean> {
    const { provisioning, servers } = this;
    let failure: DatabaseError;
    try {
      await Promise.all([
        provisioning.run(
          `INSERT INTO ${servers.decisions} (xid, outcome, record) VALUES (?, 'commit', ?)`,
          [branch, record ?? null],
        ),
        provisioning.run("COMMIT"),
      ]);
      return false;
    } catch (error) {
      failure = error as DatabaseError;
    }
    if (failure.kind === "duplicate") {
      throw new DatabaseError("retry", "another process has given this one up");
    }
    this.stage = "in doubt";
    await quietly(provisioning, "ROLLBACK");
    try {
      const { kamailio } = this;
      const recovered = await servers.apart((parties) =>
        resolve(kamailio.broken ? parties : { ...parties, kamailio }, branch),
      );
      // Somebody else has ended it, or it is not ended.
      if (recovered === undefined || recovered.outcome === "in progress") throw failure;
      this.branch = undefined;
      if (recovered.outcome === "committed") return true;
    } catch {
      throw new InDoubt(failure);
    }
    throw failure;
  }

  /** K gets what was decided. It is done, whatever comes of that. */
  private async tell(branch: string): Promise<void> {
    const { kamailio, provisioning, servers } = this;
    try {
      await kamailio.run(`XA COMMIT '${branch}'`);
      await quietlyDelete(provisioning, servers.decisions, branch);
      return;
    } catch {
      this.spoiled = true;
    }
    try {
      const ended = await servers.apart((parties) => resolve(parties, branch));
      if (ended?.outcome !== "in progress") return;
    } catch {
      // It is said below.
    }
    servers.notice(
      `It is done, and ${servers.kamailioPlace} could not be told yet: the next write does so, or hermes db recover.`,
    );
  }

  /** Ends K's branch without a trace. */
  private async endBranch(): Promise<void> {
    const { branch, kamailio, stage, servers } = this;
    this.branch = undefined;
    if (branch === undefined) return;
    if (stage === "in doubt") {
      this.spoiled = true;
      return;
    }
    if (stage === "open") await quietly(kamailio, `XA END '${branch}'`);
    try {
      await kamailio.run(`XA ROLLBACK '${branch}'`);
    } catch (error) {
      const { kind } = error as DatabaseError;
      if (kind === "unknown-branch" || kind === "rolled-back") return;
      this.spoiled = true;
      // Rows on K would stay locked.
      if (stage === "prepared") {
        await servers.apart((parties) => resolve(parties, branch)).catch(() => {});
      }
    }
  }
}

/** Whoever looks next forgets it otherwise. */
const quietlyDelete = (provisioning: Side, decisions: string, branch: string) =>
  provisioning.run(`DELETE FROM ${decisions} WHERE xid = ?`, [branch]).catch(() => {});
