import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { Source } from "../../bulk/input";
import { systemReason } from "../../model/system-reason";
import { invalidParameters } from "../../params/param";
import type { Io } from "../io";

/** Bytes that are read from a file at once. */
const CHUNK = 65_536;

/** The name of standard input. */
export const STDIN = "-";

/** A file or a pipe that is read. */
export interface Input extends Source {
  /** Lets go of it, even where more is being waited for. */
  close(): void;
}

/** What can be read as often as it takes. */
export interface WholeInput {
  /** Bytes. */
  readonly size: number;
  /** All of it, from the beginning. */
  read(): Source;
  close(): Promise<void>;
}

/** What a command reads: a file, or standard input for `-`. Refuses what can't be read, and a bare terminal. */
export async function inputStream(io: Io, file: string): Promise<Input> {
  if (file === STDIN) return someInput(io);
  return input((await opened(file)).createReadStream(), file);
}

/** The same for what may have to be read again: what comes only once is kept first, to its end. */
export async function wholeInput(io: Io, file: string): Promise<WholeInput> {
  if (file === STDIN) return kept(someInput(io));
  const handle = await opened(file);
  const stat = await handle.stat();
  if (!stat.isFile()) return kept(input(handle.createReadStream(), file));
  return whole(handle, stat.size, file);
}

async function kept(input: Input): Promise<WholeInput> {
  const { spooled } = await import("./spool");
  try {
    const { handle, size } = await spooled(input);
    return whole(handle, size, "what came in");
  } finally {
    input.close();
  }
}

const whole = (handle: FileHandle, size: number, name: string): WholeInput => ({
  size,
  read: () => readable(fromTheBeginning(handle), name),
  close: () => handle.close(),
});

function someInput(io: Io): Input {
  if (io.isTerminal.stdin) {
    throw invalidParameters("Nothing to read: name a file, or pipe something into it.");
  }
  return standardInput(io);
}

async function opened(file: string): Promise<FileHandle> {
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
  return handle;
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

/** What is in an open file; a stream would close it. */
async function* fromTheBeginning(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(CHUNK), position: at });
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* readable(stream: Source, name: string) {
  try {
    yield* stream;
  } catch (error) {
    throw unreadable(name, systemReason(error));
  }
}

const unreadable = (name: string, reason: string) =>
  invalidParameters(`Can't read ${name}: ${reason}.`);
