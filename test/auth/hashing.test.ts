import { randomBytes, scryptSync } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { useSite } from "../support/site";

const PASSWORD = "correct horse battery";

/** A hash that takes a second or so to compare with, in PHC's form. */
function slowHash(): string {
  const [ln, r, p] = [15, 8, 16];
  const salt = randomBytes(16);
  const hash = scryptSync(PASSWORD, salt, 32, { N: 2 ** ln, r, p, maxmem: 2 ** 28 });
  const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  return `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`;
}

describe.each(["embedded", "v7"] as const)("%s: a login whose password takes long", (shape) => {
  const site = useSite(shape);

  it("holds up nobody who writes", async () => {
    const slow = { username: "slow", password_hash: slowHash() };
    await site().ok("auth/add_user", slow);
    // Whatever has to be loaded for it is there by then.
    await site().ok("numbers/add", { number: "+4712345000" });
    let over = false;
    const login = site().call("auth/login", { username: "slow", password: PASSWORD });
    void login.then(() => {
      over = true;
    });
    await sleep(100);
    await site().ok("numbers/add", { number: "+4712345001" });
    await site().ok("auth/add_user", { username: "other", password_hash: slow.password_hash });
    expect(over).toBe(false);
    expect(await login).toMatchObject({ response: "ok", access: expect.any(String) });
  });
});
