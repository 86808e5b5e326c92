import { processUserName } from "./access/machine";
import type { Deed, Recorded } from "./changes/recording";
import type { Databases } from "./database/databases";
import type { SchemaFacts } from "./database/engine";
import { damages } from "./database/integrity";
import type { MigrationState } from "./database/migrate";
import { type WriteRights, writeRights } from "./database/rights";
import type { LockName } from "./model/lock-name";
import { writeRecorded } from "./write-recorded";

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
