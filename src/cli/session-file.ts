import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processUid } from "../access/machine";
import { replaceFile } from "../files/draft";
import { makeFolder } from "../files/make-folder";
import type { Credentials } from "../model/credentials";
import { critical, unauthorized } from "../model/refusal";
import { systemReason } from "../model/system-reason";

/** A session as the command line keeps it. Times are unix seconds; but for `keySince`, by the database's clock. */
export interface KeptSession extends Credentials {
  /** The database that it is a session of, without its password. */
  readonly database: string;
  /** When the auth_key was made. */
  readonly keySince: number;
  readonly keyExpires: number;
  readonly sessionExpires: number;
}

/** How long a process that renews a key may take, in milliseconds. */
const PATIENCE = 5_000;

/** The file that a login leaves its session in, for the commands after it. */
export class SessionFile {
  constructor(readonly path: string) {}

  /** What is kept; refuses where others could have read or written it. */
  read(): KeptSession | undefined {
    let handle: number;
    try {
      handle = openSync(this.path, "r");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw unauthorized(`Can't read ${this.path}: ${systemReason(error)}.`);
    }
    try {
      const { mode, uid } = fstatSync(handle);
      if ((mode & 0o077) !== 0) {
        const octal = (mode & 0o777).toString(8).padStart(4, "0");
        throw unauthorized(
          `${this.path} can be read by others (mode ${octal}), so it is not used. Log in anew, or: chmod 600 ${this.path}`,
        );
      }
      if (uid !== processUid()) {
        throw unauthorized(`${this.path} belongs to somebody else, so it is not used.`);
      }
      return parse(readFileSync(handle, "utf8"));
    } finally {
      closeSync(handle);
    }
  }

  /** Puts a session in the place of what was kept, all at once. */
  async write(kept: KeptSession): Promise<void> {
    try {
      makeFolder(dirname(this.path), 0o700);
      await replaceFile(this.path, `${JSON.stringify(kept)}\n`);
    } catch (error) {
      throw critical("output", `Can't write ${this.path}: ${systemReason(error)}.`);
    }
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }

  /** Whether a renewed key could be kept. */
  get writable(): boolean {
    try {
      accessSync(dirname(this.path), constants.W_OK);
      return true;
    } catch {
      return false;
    }
  }

  /** Runs `body` while no other process renews the key. */
  async alone<T>(body: () => Promise<T>): Promise<T> {
    const lock = `${this.path}.lock`;
    const givenUp = Date.now() + 2 * PATIENCE;
    let taken = take(lock);
    for (; !taken && Date.now() < givenUp; taken = take(lock)) await sleep(20);
    try {
      return await body();
    } finally {
      if (taken) rmSync(lock, { force: true });
    }
  }
}

/** Makes the lock; one that a process left behind when it was killed is no lock. */
function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, "wx", 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > PATIENCE) rmSync(lock, { force: true });
    return false;
  }
}

function parse(text: string): KeptSession | undefined {
  try {
    const kept = JSON.parse(text) as KeptSession;
    const whole = typeof kept.session === "string" && typeof kept.authKey === "string";
    return whole && typeof kept.keyExpires === "number" ? kept : undefined;
  } catch {
    return undefined;
  }
}
