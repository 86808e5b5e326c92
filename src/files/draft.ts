import { randomBytes } from "node:crypto";
import { constants, rmSync, type Stats } from "node:fs";
import {
  type FileHandle,
  lstat,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** Secrets may stand in any file that Hermes writes. */
const OWNER_ONLY = 0o600;

/** Who may do what with a file, in a mode. */
const MODE = 0o777;

/** Links that may lead to one another, as Linux has it. */
const LINKS_MAX = 40;

/**
 * A file on its way to its place: until it is kept, what was there stays; then it is there as a
 * whole, for its owner's eyes only. A pipe or a device is written to as it is.
 */
export class Draft {
  private constructor(
    private readonly place: string,
    /** Undefined for what is written to as it is. */
    private readonly draft: string | undefined,
    private readonly handle: FileHandle,
  ) {}

  /** Goes by nobody's links and pipes but root's and those of whoever runs this. */
  static async open(file: string): Promise<Draft> {
    const place = await placeOf(file);
    if (await isSpecial(place)) return new Draft(place, undefined, await openSpecial(place));
    const draft = `${place}.${randomBytes(6).toString("hex")}.part`;
    // Exclusive: whatever has that name is not ours, and is not written through.
    const handle = await open(draft, "ax", OWNER_ONLY);
    rememberUnfinished(draft);
    return new Draft(place, draft, handle);
  }

  async write(content: string | Uint8Array): Promise<void> {
    await this.handle.appendFile(content);
  }

  /** Gives it the owner, the group and the mode of the file that it is to replace, if there is one. */
  async takeOver(): Promise<void> {
    if (this.draft === undefined) return;
    const before = await stat(this.place).catch(unlessMissing);
    if (before === undefined) return;
    const { uid, gid } = await this.handle.stat();
    if (uid !== before.uid || gid !== before.gid) await this.handle.chown(before.uid, before.gid);
    await this.handle.chmod(before.mode & MODE);
  }

  /** Forgets what was written. */
  async restart(): Promise<void> {
    if (this.draft !== undefined) await this.handle.truncate(0);
  }

  /** Has what was written on the disk: from here on there is room for it. */
  async settle(): Promise<void> {
    if (this.draft !== undefined) await this.handle.sync();
  }

  /** Puts it in its place. */
  async keep(): Promise<void> {
    await this.settle();
    await this.handle.close();
    if (this.draft === undefined) return;
    await rename(this.draft, this.place);
    unfinished.delete(this.draft);
  }

  async discard(): Promise<void> {
    await this.handle.close().catch(() => {});
    if (this.draft === undefined) return;
    await rm(this.draft, { force: true });
    unfinished.delete(this.draft);
  }
}

/**
 * Puts text in the place of a file's, as a {@link Draft} does; `asBefore` leaves it to those who
 * could read what was there.
 */
export async function replaceFile(
  file: string,
  text: string,
  { asBefore = false } = {},
): Promise<void> {
  const draft = await Draft.open(file);
  try {
    if (asBefore) await draft.takeOver();
    await draft.write(text);
    await draft.keep();
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

/** Where links lead to that may be followed. */
async function placeOf(file: string): Promise<string> {
  let place = file;
  for (let links = 0; links <= LINKS_MAX; links++) {
    const found = await lstat(place).catch(unlessMissing);
    if (found?.isSymbolicLink() !== true) return place;
    if (!isOurs(found)) throw new Error(`${place} is a link of somebody else's`);
    // One of /proc leads to a pipe that has no name.
    if (await isSpecial(place)) return place;
    place = resolve(await realpath(dirname(place)), await readlink(place));
  }
  throw new Error("its links lead in a circle");
}

/** Opens what is there; whoever has put a pipe of theirs in its place would read what we write. */
async function openSpecial(place: string): Promise<FileHandle> {
  const refusal = () => new Error(`${place} is somebody else's`);
  if (!isOurs(await stat(place))) throw refusal();
  const handle = await open(place, constants.O_WRONLY);
  // Another one may have taken its place meanwhile.
  if (isOurs(await handle.stat())) return handle;
  await handle.close();
  throw refusal();
}

const isOurs = ({ uid }: Stats) => uid === 0 || uid === process.geteuid?.();

async function isSpecial(place: string): Promise<boolean> {
  return (await stat(place).catch(unlessMissing))?.isFile() === false;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

/** Drafts that an end of the process, as by Ctrl-C, would leave behind. */
const unfinished = new Set<string>();

function rememberUnfinished(draft: string): void {
  if (unfinished.size === 0) {
    process.removeListener("exit", removeUnfinished).once("exit", removeUnfinished);
  }
  unfinished.add(draft);
}

function removeUnfinished(): void {
  for (const draft of unfinished) rmSync(draft, { force: true });
}
