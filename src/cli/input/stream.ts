import { open } from "node:fs/promises";
import { invalidParameters } from "../../params/param";
import type { Io } from "../io";

/** What a command reads: a file, or standard input for `-`. Refuses what can't be opened, and a bare terminal. */
export async function inputStream(io: Io, file: string): Promise<NodeJS.ReadableStream> {
  if (file === "-") {
    if (io.isTerminal.stdin) {
      throw invalidParameters("Nothing to read: name a file, or pipe something into it.");
    }
    return io.stdin;
  }
  try {
    const handle = await open(file);
    return handle.createReadStream();
  } catch (error) {
    throw invalidParameters(`Can't read ${file}: ${(error as Error).message}`);
  }
}
