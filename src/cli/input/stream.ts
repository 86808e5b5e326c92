import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { Source } from "../../bulk/input";
import { systemReason } from "../../model/system-reason";
import { invalidParameters } from "../../params/param";
import type { Io } from "../io";

/** A file or a pipe that is read. */
export interface Input extends Source {
  /** Lets go of it, even where more is being waited for. */
  close(): void;
}

/** What a command reads: a file, or standard input for `-`. Refuses what can't be read, and a bare terminal. */
export async function inputStream(io: Io, file: string): Promise<Input> {
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
  return input(handle.createReadStream(), file);
}

/** Standard input, whatever it is. */
export const standardInput = (io: Io): Input => input(io.stdin, "standard input");

function input(stream: NodeJS.ReadableStream, name: string): Input {
  return {
    [Symbol.asyncIterator]: () => readable(stream, name),
    close() {
      (stream as Readable).destroy();
    },
  };
}

async function* readable(stream: NodeJS.ReadableStream, name: string) {
  try {
    yield* stream;
  } catch (error) {
    throw unreadable(name, systemReason(error));
  }
}

const unreadable = (name: string, reason: string) =>
  invalidParameters(`Can't read ${name}: ${reason}.`);
