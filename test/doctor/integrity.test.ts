import { openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { runJson } from "../support/hermes-process";
import { temporaryHome } from "../support/temporary-home";

test("doctor finds what is damaged in an SQLite file, and nothing in one that is whole", async () => {
  const { env, remove } = await temporaryHome();
  const hermes = (...args: string[]) => runJson(args, { env });
  const damaged = async () => {
    const { envelope } = await hermes("doctor");
    const findings = (envelope.findings ?? []) as { check: string; detail: string }[];
    return findings.filter(({ check }) => check === "integrity");
  };
  try {
    await hermes("init", "--embedded", "--domain", "example.org");
    await hermes("numbers", "add-range", "+4712000000", "+4712099999");
    expect(await damaged()).toEqual([]);

    const file = join(env.XDG_DATA_HOME, "hermes", "hermes.db");
    const database = new Database(file);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    // The last pages are those of the numbers.
    writeSync(openSync(file, "r+"), Buffer.alloc(4096, 0xa5), 0, 4096, statSync(file).size - 8192);
    expect((await damaged()).length).toBeGreaterThan(0);
    expect((await damaged())[0]?.detail).toMatch(/^The file is damaged: /);
  } finally {
    await remove();
  }
});
