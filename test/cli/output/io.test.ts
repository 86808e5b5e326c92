import { constants } from "node:os";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ClosedPipe, processIo, write } from "../../../src/cli/io";

const refusing = (code: "EPIPE" | "ENOSPC") => {
  const stream = new Writable({
    write: (_chunk, _encoding, done) => {
      done(Object.assign(new Error(code), { code, errno: -constants.errno[code] }));
    },
  });
  return stream.on("error", () => {});
};

describe("write", () => {
  it("waits for a slow reader", async () => {
    let flushed = 0;
    const slow = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => {
        setTimeout(() => {
          flushed++;
          done();
        }, 5);
      },
    });
    await write(slow, "one");
    await write(slow, "two");
    expect(flushed).toBe(2);
  });

  it("EPIPE → ClosedPipe", async () => {
    await expect(write(refusing("EPIPE"), "x")).rejects.toBeInstanceOf(ClosedPipe);
  });

  it("a pipe that was closed before → ClosedPipe", async () => {
    const stream = refusing("EPIPE");
    await write(stream, "x").catch(() => {});
    await expect(write(stream, "y")).rejects.toBeInstanceOf(ClosedPipe);
  });

  it("a full disk → error/output, in words, for all that is written after it, too", async () => {
    const stream = refusing("ENOSPC");
    const unwritten = {
      response: "error",
      reason: "output",
      detail: expect.stringMatching(/^Can't write the output: no space left on device\./),
    };
    await expect(write(stream, "x")).rejects.toMatchObject(unwritten);
    await expect(write(stream, "y")).rejects.toMatchObject(unwritten);
  });

  it("nothing → nothing written", async () => {
    await write(refusing("EPIPE"), "");
  });
});

describe("processIo", () => {
  it("is always some columns wide", () => {
    expect(processIo().columns).toBeGreaterThan(0);
  });
});
