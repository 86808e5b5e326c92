import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ClosedPipe, processIo, write } from "../../../src/cli/io";

const refusing = (code: string) => {
  const stream = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
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

  it("a full disk → its own error", async () => {
    await expect(write(refusing("ENOSPC"), "x")).rejects.toThrow("ENOSPC");
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
