import type { Schema } from "../../database/schema";

const TABLE = "login_attempts";

interface AttemptRow {
  failures: number;
  locked_until: number;
  now: number;
}

/** How logins of one subject have gone. */
export interface Attempts {
  /** In a row. */
  readonly failures: number;
  /** Unix seconds. */
  readonly lockedUntil: number;
}

/** How they have gone so far, and what time it is to the database, in unix seconds. */
export interface AttemptsNow extends Attempts {
  readonly now: number;
}

/** The provisioning table `login_attempts`. A subject is a digest: what is typed as a username may be a password. */
export class LoginAttempts {
  constructor(private readonly schema: Schema) {}

  /** How it has gone so far. The row is held until the transaction ends: logins of a subject wait for each other. */
  async begin(subject: string): Promise<AttemptsNow> {
    const { unixNow } = this.schema;
    const again =
      this.schema.kind === "mysql"
        ? "ON DUPLICATE KEY UPDATE last = VALUES(last)"
        : "ON CONFLICT (subject) DO UPDATE SET last = excluded.last";
    const [, row] = await Promise.all([
      this.schema.changed(
        `INSERT INTO ${this.name} (subject, failures, locked_until, last) VALUES (?, 0, 0, ${unixNow}) ${again}`,
        [subject],
      ),
      this.schema.row<AttemptRow>(
        `SELECT failures, locked_until, ${unixNow} AS now FROM ${this.name} WHERE subject = ?`,
        [subject],
      ),
    ]);
    // The row was made or touched just now, so it is there.
    const { failures, locked_until, now } = row as AttemptRow;
    return { failures: Number(failures), lockedUntil: Number(locked_until), now: Number(now) };
  }

  async set(subject: string, { failures, lockedUntil }: Attempts): Promise<void> {
    await this.schema.changed(
      `UPDATE ${this.name} SET failures = ?, locked_until = ? WHERE subject = ?`,
      [failures, lockedUntil, subject],
    );
  }

  async clear(subject: string): Promise<void> {
    await this.schema.changed(`DELETE FROM ${this.name} WHERE subject = ?`, [subject]);
  }

  /** Forgets subjects that nobody has tried for so many seconds. */
  async forget(seconds: number): Promise<void> {
    await this.schema.changed(`DELETE FROM ${this.name} WHERE last < ${this.schema.unixNow} - ?`, [
      seconds,
    ]);
  }

  private get name(): string {
    return this.schema.name(TABLE);
  }
}
