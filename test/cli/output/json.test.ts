import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ClosedPipe } from "../../../src/cli/io";
import { writeJson } from "../../../src/cli/output/json";
import type { Envelope } from "../../../src/model/envelope";
import { BATCH, Rows } from "../../../src/model/rows";
import { fakeIo, rows } from "./fake-io";

async function json(envelope: Envelope, onFailure?: (error: unknown) => Envelope) {
  const io = fakeIo();
  const answered = await writeJson(io, envelope, onFailure);
  return { text: io.out(), value: JSON.parse(io.out()), answered };
}

describe("writeJson", () => {
  it("an envelope → one line, undefined left out", async () => {
    const { text } = await json({
      response: "ok",
      number: "+4712345678",
      cause: undefined as never,
    });
    expect(text).toBe('{"response":"ok","number":"+4712345678"}\n');
  });

  it.each([
    ["no rows", rows<string>(), []],
    ["an empty batch", rows<string>([]), []],
    ["one batch", rows(["a", "b"]), ["a", "b"]],
    ["three batches", rows(["a"], ["b", "c"], ["d"]), ["a", "b", "c", "d"]],
    ["empty batches between", rows<string>([], ["a"], [], ["b"]), ["a", "b"]],
  ])("%s → an array", async (_, list, expected) => {
    const { text, value } = await json({ response: "ok", list });
    expect(value).toEqual({ response: "ok", list: expected });
    expect(text.indexOf("\n")).toBe(text.length - 1);
  });

  it("a short list keeps its place", async () => {
    const { text } = await json({ response: "ok", list: rows(["a"]), count: 1 });
    expect(text).toBe('{"response":"ok","list":["a"],"count":1}\n');
  });

  it("two lists and fields between", async () => {
    const { value } = await json({
      response: "ok",
      list: rows(["a"], ["b"]),
      count: 3,
      others: rows(["c"], ["d"]),
    });
    expect(value).toEqual({ response: "ok", list: ["a", "b"], count: 3, others: ["c", "d"] });
  });

  it("failing before the second batch → thrown, nothing written", async () => {
    const io = fakeIo();
    const envelope: Envelope = { response: "ok", list: rows(["a"], new Error("gone")) };
    await expect(writeJson(io, envelope)).rejects.toThrow("gone");
    expect(io.out()).toBe("");
  });

  it("failing later → still one object, which says so", async () => {
    const list = rows(["a"], ["b"], new Error("gone"));
    const { value, answered } = await json({ response: "ok", list, count: 9 }, (error) => ({
      response: "error",
      cause: "dbfail",
      detail: (error as Error).message,
    }));
    expect(value).toEqual({ list: ["a", "b"], response: "error", cause: "dbfail", detail: "gone" });
    expect(answered.response).toBe("error");
  });

  it("a closed pipe → ClosedPipe, and the rows are let go", async () => {
    let released = false;
    const list = new Rows(
      (async function* () {
        try {
          for (;;) yield ["a"];
        } finally {
          released = true;
        }
      })(),
    );
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(), { code: "EPIPE" })),
    }).on("error", () => {});
    const answer = writeJson({ ...fakeIo(), stdout }, { response: "ok", list });
    await expect(answer).rejects.toBeInstanceOf(ClosedPipe);
    expect(released).toBe(true);
  });

  it("a million numbers in well under a second, never held together", async () => {
    let bytes = 0;
    let largest = 0;
    const stdout = new Writable({
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        largest = Math.max(largest, chunk.length);
        done();
      },
    });
    const list = new Rows(
      (async function* () {
        for (let batch = 0; batch < 1_000_000 / BATCH; batch++) {
          yield Array.from({ length: BATCH }, (_, row) => `+47${12_000_000 + batch * BATCH + row}`);
        }
      })(),
    );
    const started = performance.now();
    await writeJson({ ...fakeIo(), stdout }, { response: "ok", list });
    expect(bytes).toBeGreaterThan(14_000_000);
    expect(largest).toBeLessThan(100_000);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
