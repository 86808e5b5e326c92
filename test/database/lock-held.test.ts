import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runJson } from "../support/hermes-process";
import { useSite } from "../support/site";

/** A lock on MariaDB that another process holds; on SQLite: file-held.test.ts. */
describe("a lock that is held", () => {
  const site = useSite("v7");
  beforeEach(async () => {
    const folder = join(site().env.XDG_CONFIG_HOME as string, "hermes");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "config.toml"), "[database]\nlock_timeout = 2\n", { mode: 0o600 });
    await site().sql("BEGIN");
    await site().sql("SELECT name FROM {locks} FOR UPDATE");
  });
  afterEach(() => site().sql("ROLLBACK"));

  const add = () => runJson(["numbers", "add", "+4712345000"], { env: site().env });

  it("is told of after a second, and given up after lock_timeout", async () => {
    const begun = Date.now();
    const { envelope, stderr } = await add();
    expect(stderr).toBe("Waiting for another process that writes to the database…\n");
    expect(envelope).toMatchObject({
      response: "failed",
      cause: "dbfail",
      detail: expect.stringMatching(/for all of 2 s \(database.lock_timeout\).*Nothing was done/),
    });
    // One wait may begin just before the time is over.
    expect(Date.now() - begun).toBeLessThan(15_000);
    expect(await site().sql("SELECT number FROM {numbers}")).toEqual([]);
  });

  it("holds up nobody who only looks", async () => {
    const { envelope, stderr } = await runJson(["domain", "list"], { env: site().env });
    expect({ envelope, stderr }).toMatchObject({ envelope: { response: "ok" }, stderr: "" });
  });

  it("that is let go in time is no matter", async () => {
    const added = add();
    setTimeout(() => void site().sql("ROLLBACK"), 1_000);
    expect((await added).envelope).toMatchObject({ response: "ok" });
  });
});
