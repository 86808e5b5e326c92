import { processUserName } from "./access/machine";
import type { Deed, Recorded } from "./changes/recording";
import { idOfBranch, timeOfBranch } from "./database/branch";
import type { Databases } from "./database/databases";
import type { SchemaFacts } from "./database/engine";
import { damages } from "./database/integrity";
import type { MigrationState } from "./database/migrate";
import type { Recovered } from "./database/recovery";
import { type WriteRights, writeRights } from "./database/rights";
import type { LockName } from "./model/lock-name";
import { openStores } from "./store/stores";
import { writeRecorded } from "./write-recorded";

/** What became of a write that a crash had cut short; of one that was rolled back there is no record. */
export interface RecoveredWrite {
  /** Its record's id, or what told it apart. */
  readonly id: string;
  readonly node: string | null;
  readonly subject: string | null;
  readonly outcome: Recovered["outcome"];
}

/** A write that was cut short; `since` is unix milliseconds. */
export interface PreparedWrite {
  readonly id: string;
  readonly since: number;
}

/**
 * The owner's own door: what whoever holds the configuration does before there can be operators
 * (making tables, setting up), and looks at the databases as such. Nobody is asked for a session.
 */
export class Owner {
  constructor(private readonly open: () => Promise<Databases>) {}

  /** Brings the provisioning tables up to date and answers which migrations that took. */
  async migrate(): Promise<string[]> {
    return (await this.open()).migrate();
  }

  async migrationState(): Promise<MigrationState> {
    return (await this.open()).migrationState();
  }

  /** The columns of Kamailio's tables; a missing table is missing. */
  async kamailioFacts(): Promise<SchemaFacts> {
    return (await this.open()).kamailioFacts();
  }

  /** The columns of the provisioning tables. */
  async provisioningFacts(): Promise<SchemaFacts> {
    return (await this.open()).provisioningFacts();
  }

  /** What the databases let Hermes write. */
  async writeRights(): Promise<WriteRights> {
    return writeRights(await this.open());
  }

  /** Ends what crashes have left prepared on Kamailio's server, where provisioning has another. */
  async recover(): Promise<RecoveredWrite[]> {
    const databases = await this.open();
    const recovered = await databases.recover();
    return databases.read(async (unit) => {
      const { records } = openStores(unit);
      const writes: RecoveredWrite[] = [];
      for (const { branch, record, outcome } of recovered) {
        const known = record === null ? undefined : await records.find(record);
        const { node = null, subject = null } = known ?? {};
        writes.push({ id: record ?? idOfBranch(branch), node, subject, outcome });
      }
      return writes;
    });
  }

  /** What stands prepared there and nobody is about to end; `unseen` where the server does not say. */
  async prepared(): Promise<readonly PreparedWrite[] | "unseen"> {
    const { two } = await this.open();
    if (two === undefined) return [];
    const branches = await two.abandoned();
    return (
      branches?.map((branch) => ({ id: idOfBranch(branch), since: timeOfBranch(branch) })) ??
      "unseen"
    );
  }

  /** What is damaged in an SQLite file. */
  async damages(): Promise<string[]> {
    return damages(await this.open());
  }

  /** Sets something up, in one transaction. */
  async write<T>(
    locks: readonly LockName[],
    audit: Pick<Deed, "node" | "subject">,
    body: (stores: Recorded) => Promise<T>,
  ): Promise<T> {
    const databases = await this.open();
    const deed = { ...audit, caller: processUserName() };
    return writeRecorded(databases, { locks, deed, body });
  }
}
