import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { chown, type FileHandle, open, stat, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { PATIENCE, type Transport } from "./transport";

const run = promisify(execFile);
const { O_NONBLOCK, O_RDWR, O_WRONLY } = constants;

const POLL = 5;

/** jsonrpcs' FIFO. The answer comes by another one, made for it where Kamailio looks: in /tmp. */
export function fifo(path: string): Transport {
  return async (request) => {
    const { uid, gid } = await stat(path);
    const name = `hermes-${randomBytes(8).toString("hex")}`;
    const replyPath = join(tmpdir(), name);
    const asRoot = process.getuid?.() === 0;
    await run("mkfifo", ["-m", asRoot ? "0600" : "0622", replyPath]);
    try {
      // A system that protects FIFOs lets only their owner write to them in /tmp.
      if (asRoot) await chown(replyPath, uid, gid);
      const reply = await open(replyPath, O_RDWR | O_NONBLOCK);
      try {
        await send(path, { ...JSON.parse(request), reply_name: name });
        return await receive(reply);
      } finally {
        await reply.close();
      }
    } finally {
      await unlink(replyPath);
    }
  };
}

/** In one write, so that nobody else's request gets in between. */
async function send(path: string, request: object): Promise<void> {
  const fifo = await open(path, O_WRONLY | O_NONBLOCK).catch((error) => {
    throw error.code === "ENXIO" ? new Error("nobody listens") : error;
  });
  try {
    await fifo.write(`${JSON.stringify(request)}\n`);
  } finally {
    await fifo.close();
  }
}

/** Reads until the text is whole JSON: the FIFO has no end that could be read. */
async function receive(reply: FileHandle): Promise<string> {
  const chunks: Buffer[] = [];
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    const chunk = await readSome(reply);
    if (chunk === undefined) {
      await sleep(POLL);
      continue;
    }
    chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    if (isJson(text)) return text;
  }
  throw new Error("no answer");
}

async function readSome(reply: FileHandle): Promise<Buffer | undefined> {
  try {
    const { buffer, bytesRead } = await reply.read(Buffer.alloc(65536), 0, 65536);
    return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
