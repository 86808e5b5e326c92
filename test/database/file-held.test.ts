import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bareEnvironment, hermesBin, runJson } from "../support/hermes-process";
import { temporaryHome } from "../support/temporary-home";

/** An SQLite file that another process holds: what Hermes says, and when it gives up. */
describe("a file that is held", () => {
  let home: Awaited<ReturnType<typeof temporaryHome>>;
  let holder: Database.Database;
  beforeEach(async () => {
    home = await temporaryHome();
    mkdirSync(join(home.env.XDG_CONFIG_HOME, "hermes"), { recursive: true });
    writeFileSync(
      join(home.env.XDG_CONFIG_HOME, "hermes", "config.toml"),
      "[database]\nlock_timeout = 2\n",
    );
    await runJson(["init", "--embedded", "--domain", "example.org"], { env: home.env });
    holder = new Database(join(home.env.XDG_DATA_HOME, "hermes", "hermes.db"));
  });
  afterEach(async () => {
    holder.close();
    await home.remove();
  });

  const waiting = "Waiting for another process that writes to the database…\n";

  it("by a writer: a write says so after a second, and what it waited for in its answer", async () => {
    holder.exec("BEGIN IMMEDIATE");
    const { envelope, stderr } = await runJson(["numbers", "add", "+4712345000"], {
      env: home.env,
    });
    expect(stderr).toBe(waiting);
    expect(envelope).toMatchObject({
      response: "failed",
      cause: "dbfail",
      detail: expect.stringMatching(/for all of 2 s \(database.lock_timeout\).*Nothing was done/),
    });
  });

  it("by a writer: a read does not wait", async () => {
    holder.exec("BEGIN IMMEDIATE");
    const { envelope, stderr } = await runJson(["domain", "list"], { env: home.env });
    expect({ envelope, stderr }).toMatchObject({ envelope: { list: ["example.org"] }, stderr: "" });
  });

  it("for itself alone, as before it is in WAL mode: that is said after a second, too", async () => {
    holder.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
    const { envelope, stderr } = await runJson(["domain", "list"], { env: home.env });
    expect(stderr).toBe(waiting);
    expect(envelope).toMatchObject({ cause: "dbfail" });
  });

  it("for a moment: then all goes on", async () => {
    holder.exec("BEGIN IMMEDIATE");
    setTimeout(() => holder.exec("COMMIT"), 1_500);
    const { envelope, stderr } = await runJson(["numbers", "add", "+4712345000"], {
      env: home.env,
    });
    expect(stderr).toBe(waiting);
    expect(envelope).toMatchObject({ response: "ok" });
  });

  it("by Hermes itself for longer than a second: it says who has to wait meanwhile", async () => {
    const child = spawn(process.execPath, [hermesBin, "numbers", "import"], {
      env: bareEnvironment(home.env),
      stdio: ["pipe", "ignore", "pipe"],
    });
    const said = text(child.stderr);
    child.stdin.write("+4712345000\n");
    setTimeout(() => child.stdin.end("+4712345001\n"), 3_000);
    expect(await said).toContain("a Kamailio on the same file can't write");
  });
});
