import { randomBytes } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Source } from "../../bulk/input";
import { critical } from "../../model/refusal";
import { systemReason } from "../../model/system-reason";

/** What was kept: an open file, and how much is in it. */
export interface Spooled {
  readonly handle: FileHandle;
  /** Bytes. */
  readonly size: number;
}

/**
 * Keeps what comes only once, to its end. It lies in a file without a name that only we can read,
 * as passwords may stand in it, and that is gone with the process however that ends.
 */
export async function spooled(source: Source): Promise<Spooled> {
  const handle = await nameless();
  let size = 0;
  try {
    for await (const chunk of source) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      await written(handle, bytes);
      size += bytes.length;
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { handle, size };
}

async function nameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `hermes-${randomBytes(12).toString("hex")}`);
  try {
    const handle = await open(path, "wx+", 0o600);
    await rm(path);
    return handle;
  } catch (error) {
    throw notKept(error);
  }
}

async function written(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await handle.writeFile(bytes);
  } catch (error) {
    throw notKept(error);
  }
}

const notKept = (error: unknown) =>
  critical(
    "output",
    `What comes from a pipe is kept in ${tmpdir()} before it is imported, and can't be: ${systemReason(error)}. Nothing was imported. Name another folder by TMPDIR, or import a file.`,
  );
