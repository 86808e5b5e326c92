import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { PhoneProfile } from "../../src/phones/profile";
import { processIdentity } from "../../src/phones/served/process";
import { stale } from "../../src/phones/stale";
import { renderTree, type TreeChange } from "../../src/phones/tree";
import { waitFor } from "../support/wait";
import { each, line, phone, vendors } from "./profile";

const A = "00000000000a";
const B = "00000000000b";
const both = [phone({ mac: A }), phone({ mac: B, vendor: "baresip" })];
const FILES = [`${A}.cfg`, `baresip-${B}/accounts`, `baresip-${B}/config`];

let home: string;
let out: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "hermes-tree-"));
  out = join(home, "served");
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
});

const render = (profiles: readonly PhoneProfile[], dryRun = false) =>
  renderTree(each(profiles), out, { vendors, dryRun });

const read = (name: string) => readFileSync(join(out, name), "utf8");

/** All that a server could hand out. */
const served = (folder = out): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => lstatSync(join(folder, name)).isFile() && !name.startsWith("."))
    .sort();

async function staleNow(profiles: readonly PhoneProfile[]) {
  const found: unknown[] = [];
  for await (const one of stale(each(profiles), out, vendors)) found.push(one);
  return found;
}

describe("a run makes the folder hold these phones", () => {
  test("writes what is not there, for owner and group alone, whatever the umask", async () => {
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));
    expect(await render(both)).toEqual({ written: 3, unchanged: 0, removed: 0, problems: [] });
    expect(served()).toEqual(FILES);
    for (const name of FILES) expect(statSync(join(out, name)).mode & 0o777).toBe(0o640);
  });

  test("writes nothing a second time", async () => {
    await render(both);
    const times = FILES.map((name) => statSync(join(out, name)).ctimeMs);
    expect(await render(both)).toMatchObject({ written: 0, unchanged: 3, removed: 0 });
    expect(FILES.map((name) => statSync(join(out, name)).ctimeMs)).toEqual(times);
  });

  test("writes what differs, removes what no phone has any more, and empty folders with it", async () => {
    await render(both);
    const changed = [phone({ mac: A, lines: [line({ password: "Another-1" })] })];
    expect(await render(changed)).toMatchObject({ written: 1, unchanged: 0, removed: 2 });
    expect(read(FILES[0] ?? "")).toContain("Another-1");
    expect(readdirSync(out).sort()).toEqual([".hermes-manifest", `${A}.cfg`]);
  });

  test("a phone of another make changes its files", async () => {
    await render(both);
    await render([phone({ mac: A, vendor: "snom" })]);
    expect(served()).toEqual([`${A}.xml`]);
  });

  test("--dry-run tells the same, and does none of it", async () => {
    expect(await render(both, true)).toMatchObject({ written: 3 });
    expect(existsSync(out)).toBe(false);
    await render(both);
    const before = readdirSync(out, { recursive: true });
    const changes: TreeChange[] = [];
    const onChange = (change: TreeChange) => changes.push(change);
    const answer = await renderTree(each([phone({ mac: A, prov_url: null })]), out, {
      ...{ vendors, dryRun: true, onChange },
    });
    expect(answer).toMatchObject({ written: 1, unchanged: 0, removed: 2 });
    expect(changes).toEqual([
      { what: "written", file: FILES[0] },
      { what: "removed", file: FILES[1] },
      { what: "removed", file: FILES[2] },
    ]);
    expect(readdirSync(out, { recursive: true })).toEqual(before);
    expect(await render(both)).toMatchObject({ unchanged: 3 });
  });

  test("the manifest is one that sha256sum checks", async () => {
    await render(both);
    const { status, stdout } = spawnSync("sha256sum", ["--check", ".hermes-manifest"], {
      ...{ cwd: out, encoding: "utf8" },
    });
    expect(stdout.trim().split("\n").sort()).toEqual(FILES.map((name) => `${name}: OK`));
    expect(status).toBe(0);
  });

  test("a draft that a killed process left is in nobody's way", async () => {
    mkdirSync(out);
    symlinkSync(join(home, "victim"), join(out, ".hermes-draft"));
    expect(await render(both)).toMatchObject({ written: 3 });
    expect(existsSync(join(home, "victim"))).toBe(false);
  });

  test("a thousand phones, one of them gone the next time", async () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      phone({ mac: index.toString(16).padStart(12, "0") }),
    );
    expect(await render(many)).toMatchObject({ written: 1_000 });
    expect(await render(many.slice(1))).toMatchObject({ unchanged: 999, removed: 1 });
  });
});

describe("a phone that can't be rendered", () => {
  const broken = phone({ mac: B, vendor: "baresip", lines: [line({ password: 'a"b' })] });

  test("is told of, keeps the files that it has, and stops no other", async () => {
    await render(both);
    const answer = await render([phone({ mac: A, prov_url: null }), broken]);
    expect(answer).toMatchObject({ written: 1, unchanged: 0, removed: 0 });
    expect(answer.problems).toMatchObject([{ subject: B, cause: "unfit" }]);
    expect(served()).toEqual(FILES);
  });

  test("is also told of by stale()", async () => {
    await render(both);
    expect(await staleNow([both[0] as PhoneProfile, broken])).toMatchObject([
      { mac: B, refusal: { reason: "unfit" } },
    ]);
  });

  test("what stands before the MAC in a name may be hex digits, too: spa000e08123456.xml", async () => {
    const spa = phone({ mac: "000e08123456", vendor: "cisco-spa" });
    const silent = { ...spa, lines: [line({ password: "" })] };
    await render([spa]);
    const answer = await render([silent]);
    expect(answer).toMatchObject({
      removed: 0,
      problems: [{ subject: spa.mac, cause: "password" }],
    });
    expect(served()).toEqual(["spa000e08123456.xml"]);
    expect(await staleNow([silent])).toMatchObject([
      { mac: spa.mac, refusal: { reason: "password" } },
    ]);
    expect(await staleNow([])).toEqual([
      { mac: spa.mac, file: "spa000e08123456.xml", state: "orphaned" },
    ]);
  });

  test("passwords that the caller may not see end the run before it writes", async () => {
    const hidden = phone({ lines: [line({ password: null })] });
    await expect(render([hidden])).rejects.toMatchObject({ reason: "unauthorized" });
    expect(served()).toEqual([]);
  });
});

describe("what Hermes did not write is never touched", () => {
  const foreign = (file: string) => ({ cause: "foreign", subject: file });

  test("a file that was there before", async () => {
    mkdirSync(out);
    writeFileSync(join(out, `${A}.cfg`), "by hand");
    const answer = await render(both);
    expect(answer).toMatchObject({ written: 2, problems: [foreign(`${A}.cfg`)] });
    expect(read(`${A}.cfg`)).toBe("by hand");
    expect(await render([])).toMatchObject({ removed: 2, problems: [] });
    expect(read(`${A}.cfg`)).toBe("by hand");
  });

  test("a file that somebody changed since: neither written nor removed", async () => {
    await render(both);
    writeFileSync(join(out, `${A}.cfg`), "changed by hand");
    expect(await render(both)).toMatchObject({ written: 0, problems: [foreign(`${A}.cfg`)] });
    expect(await render([])).toMatchObject({ removed: 2, problems: [foreign(`${A}.cfg`)] });
    expect(read(`${A}.cfg`)).toBe("changed by hand");
  });

  test("other files in the folder", async () => {
    await render(both);
    writeFileSync(join(out, "logo.png"), "a logo");
    writeFileSync(join(out, `baresip-${B}`, "contacts"), "Carol");
    await render([]);
    expect(served()).toEqual([`baresip-${B}/contacts`, "logo.png"]);
  });

  test("links: neither the link nor what it leads to", async () => {
    mkdirSync(out);
    const victim = join(home, "victim");
    writeFileSync(victim, "precious");
    symlinkSync(victim, join(out, `${A}.cfg`));
    symlinkSync(home, join(out, `baresip-${B}`));
    const answer = await render(both);
    expect(answer.written).toBe(0);
    expect(answer.problems).toHaveLength(3);
    expect(readFileSync(victim, "utf8")).toBe("precious");
    expect(readdirSync(home).sort()).toEqual(["served", "victim"]);
  });

  test("a link in a rendered file's place, when its phone is gone", async () => {
    await render(both);
    const victim = join(home, "victim");
    writeFileSync(victim, read(`${A}.cfg`));
    rmSync(join(out, `${A}.cfg`));
    symlinkSync(victim, join(out, `${A}.cfg`));
    expect(await render([])).toMatchObject({ removed: 2, problems: [foreign(`${A}.cfg`)] });
    expect(existsSync(victim)).toBe(true);
  });

  test("another name of a rendered file keeps what it had", async () => {
    await render(both);
    const other = join(home, "other");
    linkSync(join(out, `${A}.cfg`), other);
    const before = readFileSync(other, "utf8");
    await render([phone({ mac: A, prov_url: null })]);
    expect(readFileSync(other, "utf8")).toBe(before);
  });

  test("a manifest that leads out of the folder is refused", async () => {
    await render(both);
    writeFileSync(join(out, ".hermes-manifest"), `${"0".repeat(64)}  ../victim\n`);
    await expect(render(both)).rejects.toMatchObject({ reason: "manifest" });
  });
});

describe("a folder that others could play tricks in is refused", () => {
  test("everybody may write in it", async () => {
    mkdirSync(out);
    chmodSync(out, 0o777);
    await expect(render(both)).rejects.toMatchObject({ reason: "unsafe" });
    expect(readdirSync(out)).toEqual([]);
  });

  test.runIf(process.getuid?.() === 0)(
    "it is a stranger's link; one's own is followed",
    async () => {
      const real = join(home, "real");
      mkdirSync(real);
      symlinkSync(real, out);
      expect(await render(both)).toMatchObject({ written: 3 });
      lchownSync(out, 65534, 65534);
      await expect(render([])).rejects.toMatchObject({ reason: "unsafe" });
      expect(served(real)).toEqual(FILES);
    },
  );

  test("it is a file", async () => {
    writeFileSync(out, "");
    await expect(render(both)).rejects.toMatchObject({ response: "error", reason: "output" });
  });
});

describe("runs that were cut off, and runs at once", () => {
  /** Stops after the first phone, as a process does that is killed then: nothing is tidied up. */
  async function* cutOff(profiles: readonly PhoneProfile[]) {
    yield profiles[0] as PhoneProfile;
    throw new Error("killed");
  }

  test("the next run knows what the last one wrote, before and after the change", async () => {
    await render(both);
    const changed = both.map((profile) => ({ ...profile, prov_url: "http://other.example.org" }));
    await expect(renderTree(cutOff(changed), out, { vendors })).rejects.toThrow("killed");
    const third = both.map((profile) => ({ ...profile, prov_url: "http://third.example.org" }));
    expect(await render(third)).toMatchObject({ written: 1, unchanged: 2, problems: [] });
    // Announced, and then not written: what is there is still the one before.
    await render(both);
    const digest = "1".repeat(64);
    writeFileSync(join(out, ".hermes-manifest"), `${digest}  ${A}.cfg\n1234`, { flag: "a" });
    expect(await render(changed.slice(0, 1))).toMatchObject({
      written: 1,
      removed: 2,
      problems: [],
    });
  });

  test("a lost manifest: files that are as they should be are Hermes' own again", async () => {
    await render(both);
    rmSync(join(out, ".hermes-manifest"));
    expect(await render(both)).toMatchObject({ unchanged: 3, problems: [] });
    expect(await render([])).toMatchObject({ removed: 3 });
  });

  test("while one writes, another is refused at once", async () => {
    let second: unknown;
    async function* slow() {
      second = await render(both).catch((error: unknown) => error);
      yield* both;
    }
    expect(await renderTree(slow(), out, { vendors })).toMatchObject({ written: 3 });
    expect(second).toMatchObject({ response: "failed", reason: "inuse" });
  });

  test.each([
    ["of a process that is gone", `${spawnSync("true").pid} 1`],
    ["whose process' number another has now", `${process.pid} 1`],
    ["that nobody wrote", "garbage"],
  ])("a lock %s holds nobody up", async (_, content) => {
    mkdirSync(out);
    writeFileSync(join(out, ".hermes-lock"), `${content}\n`);
    expect(await render(both)).toMatchObject({ written: 3 });
    expect(readdirSync(out).filter((name) => name.startsWith(".hermes-lock"))).toEqual([]);
  });

  test("nor does the lock of a killed process that its parent hasn't asked after", async () => {
    mkdirSync(out);
    // The shell becomes `sleep`, which doesn't ask what became of its child.
    const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    onTestFinished(() => void parent.kill());
    const [data] = await once(parent.stdout, "data");
    const child = Number(data);
    writeFileSync(join(out, ".hermes-lock"), `${processIdentity(child)}\n`);
    await expect(render(both)).rejects.toMatchObject({ reason: "inuse" });
    await waitFor(
      "the shell to be gone",
      () => !readFileSync(`/proc/${parent.pid}/comm`, "utf8").startsWith("sh"),
    );
    process.kill(child, "SIGKILL");
    await waitFor("its end", () => processIdentity(child) === undefined);
    expect(existsSync(`/proc/${child}`)).toBe(true);
    expect(await render(both)).toMatchObject({ written: 3 });
  });
});

describe("stale()", () => {
  test("nothing, right after a run", async () => {
    await render(both);
    expect(await staleNow(both)).toEqual([]);
  });

  test("what is missing, older, changed by hand, and of no phone", async () => {
    await render([...both, phone({ mac: "00000000000c" })]);
    rmSync(join(out, FILES[1] ?? ""));
    writeFileSync(join(out, FILES[2] ?? ""), "by hand");
    const now = [phone({ mac: A, prov_url: null }), both[1] as PhoneProfile];
    expect(await staleNow(now)).toEqual([
      { mac: A, file: FILES[0], state: "outdated" },
      { mac: B, file: FILES[1], state: "absent" },
      { mac: B, file: FILES[2], state: "foreign" },
      { mac: "00000000000c", file: "00000000000c.cfg", state: "orphaned" },
    ]);
  });

  test("all of them, where there is no folder", async () => {
    expect(await staleNow(both)).toHaveLength(3);
    expect(existsSync(out)).toBe(false);
  });
});

describe("a run for some phones", () => {
  const renderSome = (profiles: readonly PhoneProfile[]) =>
    renderTree(each(profiles), out, { vendors, some: true });

  test("leaves the files of all others as they are", async () => {
    await render(both);
    const changed = phone({ mac: A, lines: [line({ linetext: "New" })] });
    expect(await renderSome([changed])).toMatchObject({ written: 1, unchanged: 0, removed: 0 });
    expect(served()).toEqual(FILES);
    expect(await render([changed, ...both.slice(1)])).toMatchObject({ written: 0, removed: 0 });
  });

  test("removes what a phone of another vendor needs no more", async () => {
    await render(both);
    const answer = await renderSome([phone({ mac: B, vendor: "yealink" })]);
    expect(answer).toMatchObject({ written: 1, removed: 2 });
    expect(served()).toEqual([`${A}.cfg`, `${B}.cfg`]);
  });
});
