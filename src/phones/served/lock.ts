import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { failed } from "../../model/refusal";
import { attempt, codeOf, type ServedFolder, STRANGE } from "./folder";
import { processIdentity } from "./process";

const LOCK = ".hermes-lock";

/**
 * Runs the body while no other process of this host writes into the folder. Refuses at once
 * (failed/inuse) where one does: a job that runs every few minutes comes again. What a killed
 * process left is no lock.
 */
export async function alone<T>(folder: ServedFolder, body: () => Promise<T>): Promise<T> {
  const path = join(folder.path, LOCK);
  // Made whole and then put in its place: a lock always tells whose it is.
  const own = `${path}-${process.pid}`;
  attempt(path, () => {
    rmSync(own, { force: true });
    writeFileSync(own, `${processIdentity(process.pid)}\n`, { flag: "wx", mode: 0o640 });
    try {
      if (!take(own, path)) {
        takeAway(folder, path);
        if (!take(own, path)) throw inUse(folder);
      }
    } finally {
      rmSync(own, { force: true });
    }
  });
  try {
    return await body();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Takes the lock of a process that is gone out of the way; refuses where its owner lives. */
function takeAway(folder: ServedFolder, path: string): void {
  const left = `${LOCK}-left-${process.pid}`;
  const owner = ownerOf(folder, LOCK);
  if (isAlive(owner)) throw inUse(folder, owner);
  try {
    renameSync(path, join(folder.path, left));
  } catch (error) {
    // Another process was quicker.
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  try {
    const moved = ownerOf(folder, left);
    if (!isAlive(moved)) return;
    // Another process was quicker, and this is its lock.
    take(join(folder.path, left), path);
    throw inUse(folder, moved);
  } finally {
    rmSync(join(folder.path, left), { force: true, recursive: true });
  }
}

const inUse = ({ path }: ServedFolder, owner?: string) =>
  failed(
    "inuse",
    `${owner === undefined ? "Another process" : `Process ${owner.split(" ")[0]}`} is writing into ${path}. Try again when it is done.`,
  );

/** As `processIdentity` tells it; undefined where that is no lock. */
function ownerOf(folder: ServedFolder, name: string): string | undefined {
  const content = folder.read(name);
  if (content === undefined || content === STRANGE) return undefined;
  return /^\d{1,9}( \d+)?$/m.exec(content.toString())?.[0];
}

const isAlive = (owner: string | undefined) =>
  owner !== undefined && processIdentity(Number.parseInt(owner, 10)) === owner;
