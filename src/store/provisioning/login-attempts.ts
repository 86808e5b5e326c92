import type { Schema } from "../../database/schema";

const TABLE = "login_attempts";

interface AttemptRow {
  subject: string;
  failures: number;
  locked_until: number;
  last: number;
}

/** How logins of one subject have gone. */
export interface Attempts {
  /** In a row. */
  readonly failures: number;
  /** Unix seconds. */
  readonly lockedUntil: number;
}

/** The provisioning table `login_attempts`. A subject is a digest: what is typed as a username may be a password. */
export class LoginAttempts {
  constructor(private readonly schema: Schema) {}

  /** How it has gone so far. The row is held until the transaction ends: logins of a subject wait for each other. */
  async begin(subject: string, now: number): Promise<Attempts> {
    await this.schema
      .table(TABLE)
      .insert({ subject, failures: 0, locked_until: 0, last: now } as never)
      .onConflict("subject" as never)
      .merge(["last"] as never);
    const row = (await this.attempts().where({ subject }).first("*")) as AttemptRow | undefined;
    return { failures: Number(row?.failures ?? 0), lockedUntil: Number(row?.locked_until ?? 0) };
  }

  async set(subject: string, { failures, lockedUntil }: Attempts): Promise<void> {
    await this.attempts().where({ subject }).update({ failures, locked_until: lockedUntil });
  }

  async clear(subject: string): Promise<void> {
    await this.attempts().where({ subject }).delete();
  }

  /** Forgets subjects that nobody has tried since. */
  async forget(before: number): Promise<void> {
    // Looked for first: a range that is deleted from is locked, even an empty one.
    const old = () => this.attempts().where("last", "<", before);
    if ((await old().first("subject")) !== undefined) await old().delete();
  }

  private attempts() {
    return this.schema.table<AttemptRow>(TABLE);
  }
}
