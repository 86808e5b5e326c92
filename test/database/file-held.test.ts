import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
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
    const { child, ended } = started(["numbers", "add", "+4712345000"]);
    let said = "";
    child.stderr.on("data", (data: Buffer) => {
      said += data;
      holder.exec("COMMIT");
    });
    expect({ status: await ended, said }).toEqual({ status: 0, said: waiting });
  });

  const mustWait = "a Kamailio on the same file can't write";

  it("by a long import of Hermes': who has to wait is told before it begins", async () => {
    const numbers = join(home.folder, "numbers.txt");
    writeFileSync(
      numbers,
      Array.from({ length: 90_000 }, (_, i) => `+47${20_000_000 + i}\n`).join(""),
    );
    // Of a megabyte it is known before.
    const { child, ended } = started(["numbers", "import", numbers]);
    child.stderr.once("data", (data: Buffer) => {
      expect(data.toString()).toContain(mustWait);
      // Nothing is in the pool by then.
      expect(holder.prepare("SELECT COUNT(*) AS n FROM numbers").get()).toMatchObject({ n: 0 });
    });
    expect(await ended).toBe(0);
    expect(holder.prepare("SELECT COUNT(*) AS n FROM numbers").get()).toMatchObject({ n: 90_000 });
    expect.assertions(4);
  });

  it("not by an import that waits for its input", async () => {
    const { child, ended } = started(["numbers", "import"]);
    child.stdin.write("+4712345000\n");
    await sleep(1_500);
    holder.exec("BEGIN IMMEDIATE; COMMIT");
    child.stdin.end("+4712345001\n");
    expect(await ended).toBe(0);
    expect(await text(child.stderr)).toBe("");
  });

  function started(args: string[]) {
    const child = spawn(process.execPath, [hermesBin, ...args], {
      env: bareEnvironment(home.env),
      stdio: ["pipe", "ignore", "pipe"],
    });
    return { child, ended: once(child, "exit").then(([status]) => status as number) };
  }
});
