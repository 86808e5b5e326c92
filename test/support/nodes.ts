import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Downloads stay here, so that they are made once. */
const cache = fileURLToPath(new URL("../../node_modules/.cache/hermes-nodes", import.meta.url));

/** The program of a release of Node.js: the one that runs this, or the newest of npm's registry. */
export async function nodeOf(major: number): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const kept = join(cache, String(major), "node");
  if (existsSync(kept)) return kept;
  mkdirSync(join(cache, String(major)), { recursive: true });
  const folder = mkdtempSync(join(cache, "download-"));
  try {
    const name = `node-${process.platform}-${process.arch}@${major}`;
    const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder, name]);
    await run("tar", ["-xzf", stdout.trim(), "package/bin/node"], { cwd: folder });
    renameSync(join(folder, "package/bin/node"), kept);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return kept;
}

/** The same in a folder that every user may look into, as `node`. */
export async function putNode(major: number, folder: string): Promise<void> {
  const node = await nodeOf(major);
  mkdirSync(folder, { recursive: true });
  copyFileSync(node, join(folder, "node"));
}
