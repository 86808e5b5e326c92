import { describe, expect, it } from "vitest";
import { writeRefusal } from "../../../src/cli/output/refusal";
import type { Envelope } from "../../../src/model/envelope";
import { fakeIo } from "./fake-io";

async function said(envelope: Envelope, color = false, world = {}) {
  const io = fakeIo(world);
  await writeRefusal(io, envelope, { color });
  expect(io.out()).toBe("");
  return io.err();
}

describe("writeRefusal", () => {
  const refusal: Envelope = {
    response: "failed",
    cause: "nonexistant",
    detail: "alice@example.org does not exist.",
  };

  it("detail and cause → one line", async () => {
    expect(await said(refusal)).toBe(
      "hermes: alice@example.org does not exist. [failed/nonexistant]\n",
    );
  });

  it("in colour", async () => {
    expect(await said(refusal, true)).toBe(
      "\u001b[31mhermes:\u001b[39m alice@example.org does not exist. \u001b[2m[failed/nonexistant]\u001b[22m\n",
    );
  });

  it("on a terminal → lines that fit, words whole", async () => {
    const world = { terminal: true, columns: 30 };
    const detail = "There is no /a/path/that/is/longer/than/the/terminal here.";
    expect(await said({ ...refusal, detail }, true, world)).toBe(
      "\u001b[31mhermes:\u001b[39m There is no\n/a/path/that/is/longer/than/the/terminal\nhere. \u001b[2m[failed/nonexistant]\u001b[22m\n",
    );
  });

  it("no detail, no cause → the response", async () => {
    expect(await said({ response: "error" })).toBe("hermes: [error]\n");
  });

  it("control characters → written out", async () => {
    expect(await said({ ...refusal, detail: "a\u001b[2J\nb" })).toBe(
      "hermes: a\\x1b[2J\\nb [failed/nonexistant]\n",
    );
  });
});
