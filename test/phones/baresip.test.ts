import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { isPassword } from "../../src/model/password";
import type { PhoneLine } from "../../src/phones/profile";
import { renderTree } from "../../src/phones/tree";
import { waitFor } from "../support/wait";
import { asShown, displayName } from "./names";
import { each, line, phone, vendors } from "./profile";
import { readNameAddress } from "./read-back";
import { startRegistrar } from "./registrar";

const MAC = "00000000000b";

/** Renders a phone with these accounts, has Debian's baresip run it, and answers who registered. */
async function run(about: (port: number) => Partial<PhoneLine>[]) {
  const out = mkdtempSync(join(tmpdir(), "hermes-baresip-"));
  const registrar = await startRegistrar();
  onTestFinished(() => {
    registrar.stop();
    rmSync(out, { recursive: true });
  });
  const lines = about(registrar.port).map((each) =>
    line({ proxy: "127.0.0.1", p_port: registrar.port, ...each }),
  );
  const profile = phone({ mac: MAC, vendor: "baresip", codecs: ["PCMA", "PCMU"], lines });
  const { problems } = await renderTree(each([profile]), out, { vendors });
  expect(problems).toEqual([]);
  const baresip = spawn("baresip", ["-f", join(out, `baresip-${MAC}`), "-t", "30"], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 40_000,
  });
  let said = "";
  for (const stream of [baresip.stdout, baresip.stderr]) {
    stream.on("data", (data) => {
      said += data;
    });
  }
  const closed = once(baresip, "close");
  const { registered } = registrar;
  const all = () => registered.size === lines.length;
  await waitFor("all accounts' registrations", all, { timeout: 25_000 }).catch(() => {});
  baresip.kill();
  const [status] = await closed;
  expect(status, said).toBe(0);
  return { said, registered };
}

test("baresip starts from the rendered folder, and registers every account with its password", async () => {
  const { said, registered } = await run(() => [
    { username: "alice" },
    { username: "bob", authid: "bob", password: "an other: pass\\word,=<>#'`" },
  ]);
  expect(said).toContain("Populated 2 accounts");
  expect(said).toContain("aucodec: PCMA/8000/1");
  expect(registered.get("alice")?.authUser).toBe("alice-auth");
  expect(registered.get("alice")?.proves("S3cr3t-w0rds")).toBe(true);
  expect(registered.get("bob")?.proves("an other: pass\\word,=<>#'`")).toBe(true);
});

test("display names and passwords of every kind arrive, and change nothing else", async () => {
  const names = fc.sample(displayName, { numRuns: 14, seed: 20 });
  names.push(`"q" & 'r' <s>; t\n😀`, "\\");
  const passwords = fc
    .sample(fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 64 }), {
      numRuns: 400,
      seed: 3,
    })
    .filter((password) => isPassword(password) && !/[";]|\\$/.test(password));
  const accounts = names.map((displayname, index) => {
    return { username: `u${index}`, displayname, password: passwords[index] ?? "" };
  });
  const { said, registered } = await run(() => accounts);
  expect(said).toContain("Populated 16 accounts");
  for (const { username, displayname, password } of accounts) {
    const found = registered.get(username);
    expect(found?.authUser, username).toBe("alice-auth");
    expect(found?.proves(password), password).toBe(true);
    const { name, address } = readNameAddress((found?.from ?? "").replace(/;tag=[^;]*$/, ""));
    expect(address).toBe(`sip:${username}@example.org`);
    expect(asShown(displayname).startsWith(name), displayname).toBe(true);
    if (Buffer.byteLength(asShown(displayname)) <= 80) expect(name).toBe(asShown(displayname));
  }
});
