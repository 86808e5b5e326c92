import { type FileHandle, open } from "node:fs/promises";
import type { Source } from "../../bulk/input";
import { systemReason } from "../../model/system-reason";
import { invalidParameters } from "../../params/param";
import type { Io } from "../io";

/** What a command reads: a file, or standard input for `-`. Refuses what can't be read, and a bare terminal. */
export async function inputStream(io: Io, file: string): Promise<Source> {
  if (file === "-") {
    if (io.isTerminal.stdin) {
      throw invalidParameters("Nothing to read: name a file, or pipe something into it.");
    }
    return standardInput(io);
  }
  let handle: FileHandle;
  try {
    handle = await open(file);
  } catch (error) {
    throw unreadable(file, systemReason(error));
  }
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw unreadable(file, "it is a directory");
  }
  return readable(handle.createReadStream(), file);
}

/** Standard input, whatever it is. */
export const standardInput = (io: Io): Source => readable(io.stdin, "standard input");

async function* readable(stream: NodeJS.ReadableStream, name: string) {
  try {
    yield* stream;
  } catch (error) {
    throw unreadable(name, systemReason(error));
  }
}

const unreadable = (name: string, reason: string) =>
  invalidParameters(`Can't read ${name}: ${reason}.`);
