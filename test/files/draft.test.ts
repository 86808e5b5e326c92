import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Draft, replaceFile } from "../../src/files/draft";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hermes-draft-"));
  file = join(folder, "file");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const contents = () => readFileSync(file, "utf8");

it("takes the place of what was there when it is kept, for its owner's eyes only", async () => {
  writeFileSync(file, "before", { mode: 0o644 });
  const draft = await Draft.open(file);
  await draft.write("one ");
  await draft.write("two");
  expect(contents()).toBe("before");
  for (const name of readdirSync(folder)) {
    if (name !== "file") expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  }
  await draft.keep();
  expect(contents()).toBe("one two");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["file"]);
});

it("begins anew from its first byte", async () => {
  const draft = await Draft.open(file);
  await draft.write("forgotten");
  await draft.restart();
  await draft.write("kept");
  await draft.keep();
  expect(contents()).toBe("kept");
});

it("leaves nothing behind where it is discarded, or the process ends", async () => {
  const draft = await Draft.open(file);
  await draft.write("x");
  await draft.discard();
  expect(readdirSync(folder)).toEqual([]);
});

it("follows links of one's own, to a file that is not there yet, too", async () => {
  mkdirSync(join(folder, "real"));
  symlinkSync("real/file", file);
  await replaceFile(file, "x");
  expect(readlinkSync(file)).toBe("real/file");
  expect(lstatSync(join(folder, "real", "file")).isFile()).toBe(true);
  expect(contents()).toBe("x");
});

it.skipIf(process.getuid?.() !== 0)("does not follow somebody else's", async () => {
  const target = join(folder, "target");
  writeFileSync(target, "before");
  symlinkSync(target, file);
  lchownSync(file, 12_345, 12_345);
  await expect(replaceFile(file, "x")).rejects.toThrow("is a link of somebody else's");
  expect(readFileSync(target, "utf8")).toBe("before");
  expect(readdirSync(folder)).toEqual(["file", "target"]);
});

it("refuses links in a circle, folders, and what is in no folder", async () => {
  symlinkSync("file", file);
  await expect(replaceFile(file, "x")).rejects.toThrow();
  await expect(replaceFile(folder, "x")).rejects.toThrow("EISDIR");
  await expect(replaceFile(join(folder, "no", "file"), "x")).rejects.toThrow("ENOENT");
});

it("writes to a pipe as it is", async () => {
  execFileSync("mkfifo", [file]);
  const reading = import("node:fs/promises").then(({ readFile }) => readFile(file, "utf8"));
  const draft = await Draft.open(file);
  await draft.write("row\n");
  await draft.keep();
  expect(await reading).toBe("row\n");
  expect(lstatSync(file).isFIFO()).toBe(true);
});

it.skipIf(process.getuid?.() !== 0)("does not write to somebody else's pipe", async () => {
  execFileSync("mkfifo", [file]);
  chownSync(file, 12_345, 12_345);
  // Opened for both, so that whoever writes would find a reader.
  const reader = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    await expect(replaceFile(file, "x")).rejects.toThrow("is somebody else's");
    expect(() => readSync(reader, Buffer.alloc(10))).toThrow("EAGAIN");
  } finally {
    closeSync(reader);
  }
});

it("is for its owner's eyes whatever the mask is", async () => {
  const before = process.umask(0);
  try {
    await replaceFile(file, "x");
  } finally {
    process.umask(before);
  }
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o600);
});
