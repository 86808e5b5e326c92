import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip, createGzip } from "node:zlib";
import { lines } from "../bulk/text";
import type { Change, What } from "../changes/change";
import { decoded, encoded } from "../changes/encoded";
import { countOf, type NumberRun } from "../model/number-range";
import { isRecord } from "../model/record";
import { failed, type Refusal } from "../model/refusal";
import { systemReason } from "../model/system-reason";
import { invalidParameters } from "../params/param";
import { kinds } from "./contents";

/** What this Hermes writes, and the latest that it reads. */
export const FORMAT = 1;

/** Things by their kind. */
export type Counts = Readonly<Partial<Record<What, number>>>;

/** Bytes that are read at once. */
const PIECE = 65_536;

/** A line has some hundred things: far more is no line of ours. */
const LINE_MAX = 64 * 1024 * 1024;

/**
 * Things, each as the Change that puts it there, as the bytes of a backup: gzip (RFC 1952) of lines
 * of JSON. The first line says what it is, the last one how many of each kind there are, and the
 * SHA-256 of all lines before it.
 */
export async function* packed(
  things: AsyncIterable<readonly Change[]>,
  counts: Partial<Record<What, number>>,
): AsyncGenerator<Uint8Array> {
  async function* text() {
    const hash = createHash("sha256");
    const line = (content: string) => {
      hash.update(`${content}\n`);
      return `${content}\n`;
    };
    yield line(
      JSON.stringify({ hermes: "backup", format: FORMAT, made: new Date().toISOString() }),
    );
    for await (const some of things) {
      for (const thing of some) counts[thing.what] = (counts[thing.what] ?? 0) + sizeOf(thing);
      yield line(encoded(some));
    }
    yield `${JSON.stringify({ counts, sha256: hash.digest("hex") })}\n`;
  }
  const gzip = createGzip();
  // What goes wrong is told to whoever reads the last of it.
  yield* pipeline(text, gzip, () => {}) as AsyncIterable<Uint8Array>;
}

/** A backup that has been read to its end once and is whole. */
export class Backup {
  private constructor(
    private readonly handle: FileHandle,
    private readonly name: string,
    readonly counts: Counts,
  ) {}

  /** Opens a backup and reads all of it; refuses what is none, was cut short or was altered. */
  static async open(name: string): Promise<Backup> {
    let handle: FileHandle;
    try {
      handle = await open(name);
    } catch (error) {
      throw unreadable(name, error);
    }
    try {
      const hash = createHash("sha256");
      let last: string | undefined;
      let first: string | undefined;
      for await (const line of linesOf(handle, name)) {
        if (last !== undefined) note(hash, last);
        first ??= line;
        last = line;
      }
      requireKnown(first, name);
      const end = parsed(last);
      if (!isRecord(end) || end.sha256 !== hash.digest("hex") || !isRecord(end.counts)) {
        throw altered(name);
      }
      return new Backup(handle, name, end.counts as Counts);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Everything in it, as the Changes that put it there; again from the start each time. */
  async *things(): AsyncGenerator<Change[]> {
    let before: string | undefined;
    for await (const line of linesOf(this.handle, this.name)) {
      // Neither the first line nor the last one.
      if (before !== undefined && !before.startsWith("{")) yield this.decoded(before);
      before = line;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private decoded(line: string): Change[] {
    const things = decoded(line);
    const strange = things.find(({ what }) => !kinds.includes(what));
    if (strange === undefined) return things;
    throw failed(
      "format",
      `${this.name} has things of a kind that this Hermes does not know: ${strange.what}.`,
    );
  }
}

/** Numbers come in runs. */
const sizeOf = ({ what, key }: Change) => (what === "number" ? countOf(key as NumberRun) : 1);

const note = (hash: Hash, line: string) => hash.update(`${line}\n`);

async function* linesOf(handle: FileHandle, name: string): AsyncGenerator<string> {
  const text = pipeline(bytesOf(handle), createGunzip(), () => {});
  try {
    for await (const some of lines(text, LINE_MAX)) {
      for (const line of some) {
        if (typeof line !== "string") throw altered(name);
        yield line;
      }
    }
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code.startsWith("Z_") || code === "ERR_STREAM_PREMATURE_CLOSE") throw altered(name);
    if (code === "EISDIR") throw unreadable(name, error);
    throw error;
  }
}

/** All of the file, from its start; a stream would close it. */
async function* bytesOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(PIECE), 0, PIECE, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

function requireKnown(first: string | undefined, name: string): void {
  const head = parsed(first);
  if (!isRecord(head) || head.hermes !== "backup") throw altered(name);
  if (head.format === FORMAT) return;
  throw failed(
    "format",
    `${name} is of format ${head.format}; this Hermes knows format ${FORMAT}. Restore it with the Hermes that made it, or a newer one.`,
  );
}

function parsed(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? "");
  } catch {
    return undefined;
  }
}

const altered = (name: string): Refusal =>
  failed(
    "altered",
    `${name} is no backup of Hermes, or was cut short or altered. Nothing was restored.`,
  );

const unreadable = (name: string, error: unknown): Refusal =>
  invalidParameters(`Can't read ${name}: ${systemReason(error)}.`);
