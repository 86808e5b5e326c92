import { describe, expect, test } from "vitest";
import { freePort } from "../support/free-port.js";
import { sqliteEngine } from "./engine.js";
import { ok } from "./hermes.js";
import { useSite } from "./site.js";

// What the example can be told at its top, and the tests of the engines leave alone.
const httpPort = await freePort();
const site = useSite(sqliteEngine, {
  gateway: "",
  defines: ["EMERGENCY_ALWAYS", "DEFAULT_PERMITTEDCALLS=0", `RPC_HTTP_PORT=${httpPort}`],
});

test("EMERGENCY_ALWAYS overrules NOCALLS; without a gateway the call ends there", async () => {
  const caller = await site().account("silent");
  await ok(site().hermes("permission", "set", caller.address, "--flags", "NOCALLS"));
  expect(await caller.call(`112@${site().domain}`)).toMatchObject({ status: 503 });
  expect(await caller.call(caller.address)).toMatchObject({ status: 403 });
});

describe("JSON-RPC over HTTP", () => {
  const post = (path: string, method: string, params: string[]) =>
    fetch(`http://127.0.0.1:${httpPort}${path}`, {
      method: "POST",
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });

  test("answers what the datagram socket answers", async () => {
    const answer = await post("/RPC", "domain.dump", []);
    expect(await answer.json()).toMatchObject({
      result: await site().kamailio.rpc("domain.dump"),
    });
  });

  test("says when nobody is registered", async () => {
    const answer = await post("/RPC", "ul.lookup", ["location", "nobody@example.org"]);
    expect(await answer.json()).toMatchObject({
      error: { message: expect.stringContaining("not found") },
    });
  });

  test("is nowhere else", async () => {
    expect((await post("/", "core.version", [])).status).toBe(403);
  });
});
