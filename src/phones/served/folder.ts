import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "../../files/make-folder";
import { critical, failed } from "../../model/refusal";

/** For the owner and the group of the server that hands the files out; there are passwords in them. */
const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;

/** Where a file is written before it takes its place. One run at a time has the folder (lock.ts). */
const DRAFT = ".hermes-draft";

/** A strange thing where a file of ours would be: a link, a folder, a pipe. */
export const STRANGE = Symbol("strange");

/**
 * A folder that is served to phones. Nothing in it is reached through a symbolic link, and a file
 * is there as a whole or not at all. Throws Refusals: failed/unsafe, error/output.
 */
export class ServedFolder {
  private constructor(readonly path: string) {}

  /** Undefined where it isn't there and shall not be made. */
  static open(path: string, make: boolean): ServedFolder | undefined {
    return attempt(path, () => {
      if (make) makeFolder(path, FOLDER_MODE);
      const about = lstatSync(path, { throwIfNoEntry: false });
      if (about === undefined) return undefined;
      if (about.isSymbolicLink() && !isOurs(about)) {
        throw failed(
          "unsafe",
          `${path} is a link that somebody else made. Name the folder itself.`,
        );
      }
      const real = realpathSync(path);
      const folder = lstatSync(real);
      if (!folder.isDirectory()) throw failed("unsafe", `${path} is no folder.`);
      if ((folder.mode & 0o002) !== 0 && (folder.mode & 0o1000) === 0) {
        throw failed("unsafe", `Everybody can write in ${path}. First: chmod o-w ${path}`);
      }
      return new ServedFolder(real);
    });
  }

  /** What a file holds; undefined where there is none. */
  read(name: string): Buffer | undefined | typeof STRANGE {
    const path = join(this.path, name);
    return attempt(path, () => {
      if (!this.leadsTo(name)) return STRANGE;
      const about = lstatSync(path, { throwIfNoEntry: false });
      if (about === undefined) return undefined;
      if (!about.isFile()) return STRANGE;
      const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
      try {
        return fstatSync(file).isFile() ? readFileSync(file) : STRANGE;
      } finally {
        closeSync(file);
      }
    });
  }

  /** Puts a file in its place, and makes the folders that it needs. */
  write(name: string, content: string | Buffer): void {
    const path = join(this.path, name);
    const draft = join(this.path, DRAFT);
    attempt(path, () => {
      const file = openDraft(draft);
      try {
        // A umask has no say in it.
        fchmodSync(file, FILE_MODE);
        writeFileSync(file, content);
      } finally {
        closeSync(file);
      }
      try {
        for (const folder of foldersOf(name)) mkdirOnce(join(this.path, folder));
        renameSync(draft, path);
      } catch (error) {
        rmSync(draft, { force: true });
        throw error;
      }
    });
  }

  /** Adds to the end of a file. */
  append(name: string, content: string): void {
    const path = join(this.path, name);
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
    attempt(path, () => {
      const file = openSync(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, FILE_MODE);
      try {
        writeFileSync(file, content);
      } finally {
        closeSync(file);
      }
    });
  }

  /** Takes a file away, and the folders that are empty then. */
  remove(name: string): void {
    const path = join(this.path, name);
    attempt(path, () => {
      rmSync(path, { force: true });
      for (const folder of foldersOf(name).reverse()) {
        if (!rmdirEmpty(join(this.path, folder))) return;
      }
    });
  }

  /** Whether all folders on the way are real ones of ours, or aren't there yet. */
  private leadsTo(name: string): boolean {
    for (const folder of foldersOf(name)) {
      const about = lstatSync(join(this.path, folder), { throwIfNoEntry: false });
      if (about === undefined) return true;
      if (!about.isDirectory() || !isOurs(about)) return false;
    }
    return true;
  }
}

/** `a/b/c` → `a`, `a/b`. */
function foldersOf(name: string): string[] {
  const folder = dirname(name);
  return folder === "." ? [] : [...foldersOf(folder), folder];
}

const isOurs = ({ uid }: Stats) => uid === 0 || uid === process.getuid?.();

/** One that a killed process left is in the way once. */
function openDraft(path: string): number {
  try {
    return openSync(path, "wx", FILE_MODE);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    unlinkSync(path);
    return openSync(path, "wx", FILE_MODE);
  }
}

function mkdirOnce(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) mkdirSync(path, FOLDER_MODE);
}

function rmdirEmpty(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST"].includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}

/** The system's errors as Refusals that name the file. */
export function attempt<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw critical("output", `${path}: ${(error as Error).message}.`);
  }
}

export const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
