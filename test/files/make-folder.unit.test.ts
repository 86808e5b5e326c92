import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeFolder } from "../../src/files/make-folder";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hermes-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("makes those above it too, all of the mode", () => {
  makeFolder(join(folder, "a/b/c"), 0o700);
  for (const made of ["a", "a/b", "a/b/c"]) {
    expect(statSync(join(folder, made)).mode & 0o777).toBe(0o700);
  }
});

it("leaves one that is there as it is", () => {
  makeFolder(join(folder, "a"), 0o750);
  makeFolder(join(folder, "a"), 0o700);
  expect(statSync(join(folder, "a")).mode & 0o777).toBe(0o750);
});

it("refuses where a file is", () => {
  writeFileSync(join(folder, "a"), "");
  expect(() => makeFolder(join(folder, "a"))).toThrow(/EEXIST/);
  expect(() => makeFolder(join(folder, "a/b"))).toThrow(/ENOTDIR/);
});

it.skipIf(!existsSync("/proc/self"))("comes back where the system will have none", () => {
  expect(() => makeFolder("/proc/none/of/it")).toThrow(/ENOENT/);
});
