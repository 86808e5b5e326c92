import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invalid } from "../support/answers";
import {
  bareEnvironment,
  hermesBin,
  onlyObject,
  runHermes,
  runJson,
} from "../support/hermes-process";
import { temporaryHome } from "../support/temporary-home";

const ALICE = "alice@example.org";

/** What a shell can do to a program, on the built binary: no bug, no blame on the database, always an end. */
describe("input from the shell", () => {
  let home: Awaited<ReturnType<typeof temporaryHome>>;
  const json = (args: readonly string[], stdin: string | Uint8Array = "") =>
    runJson(args, { env: home.env, stdin });

  beforeAll(async () => {
    home = await temporaryHome();
    await json(["init", "--embedded", "--domain", "example.org"]);
    await json(["user", "add-local", ALICE, "--displayname", "A", "--email", "a@b.org"]);
  });
  afterAll(() => home.remove());

  it.each([
    [["user", "import", "/"], "Can't read /: it is a directory."],
    [["numbers", "import", "/nowhere.csv"], "Can't read /nowhere.csv: no such file or directory."],
    [["batch", "/"], "Can't read /: it is a directory."],
    [["batch", "/nowhere"], "Can't read /nowhere: no such file or directory."],
    [["batch", "/proc/self/mem"], "Can't read /proc/self/mem: i/o error."],
    [["call", "user/list", "--params-json", "/"], "Can't read /: it is a directory."],
  ])("%j can't be read, and says so in words", async (args, detail) => {
    const { status, envelope } = await json(args);
    expect([status, envelope]).toEqual([2, { response: "invalid", cause: "parameters", detail }]);
  });

  it("a directory as standard input is no empty input", async () => {
    const child = spawn(process.execPath, [hermesBin, "batch"], {
      env: bareEnvironment(home.env),
      stdio: [openSync("/", "r"), "pipe", "pipe"],
    });
    const [stderr, [status]] = await Promise.all([
      text(child.stderr as never),
      once(child, "close"),
    ]);
    expect(stderr).toMatch(/^hermes: Can't read standard input: illegal operation on a directory/);
    expect(status).toBe(2);
  });

  it.each([
    ["[]", "Standard input must hold a JSON object of parameters."],
    ["{", "Standard input is no JSON."],
    ['{"search":1.10}', /^Standard input has the number 1\.10/],
    [`{"search":"${"x".repeat(200_000)}"}`, /^Standard input is longer than 100000/],
    [Buffer.from('{"search":"å"}', "latin1"), /not UTF-8/],
  ])("--params-json that is none: %#", async (stdin, detail) => {
    const { envelope } = await json(["call", "user/list", "--params-json", "-"], stdin);
    expect(envelope).toEqual(invalid("parameters", detail));
  });

  // No argument of spawn can be bytes that are no UTF-8: the shell makes them.
  it("a word that is no UTF-8 is refused, not altered", async () => {
    const script = `exec "$0" "$1" user update ${ALICE} --displayname "$(printf 'B\\345')" --json`;
    const child = spawn("sh", ["-c", script, process.execPath, hermesBin], {
      env: bareEnvironment(home.env),
    });
    const envelope = onlyObject(await text(child.stdout));
    expect(envelope).toEqual(invalid("parameters", /^Word 5 behind hermes is not UTF-8/));
  });

  it("a word of any length is refused in a line", async () => {
    for (const args of [
      ["user", "get", "x".repeat(100_000)],
      ["x".repeat(8_000)],
      ["user", "x".repeat(8_000)],
      ["user", "get", ALICE, "x".repeat(8_000)],
      ["user", "get", `--${"x".repeat(8_000)}`],
      ["call", "x".repeat(200)],
    ]) {
      const { envelope } = await json(args);
      expect(envelope).toMatchObject({ response: "invalid" });
      expect((envelope.detail as string).length).toBeLessThan(200);
    }
  });

  it("takes 255 characters of any script, and not 256", async () => {
    const update = (displayname: string) =>
      json(["user", "update", ALICE, "--displayname", displayname]);
    expect((await update("🙂".repeat(255))).envelope).toMatchObject({ response: "ok" });
    const { envelope } = await json(["user", "get", ALICE]);
    expect(envelope).toMatchObject({ user: { displayname: "🙂".repeat(255) } });
    expect((await update("🙂".repeat(256))).envelope).toEqual(
      invalid("parameters", /is longer than 255 characters/),
    );
  });

  describe("--password-stdin", () => {
    const change = ["user", "change-pw", ALICE, "--password-stdin"];

    /** Runs with a standard input that never ends; answers how much of it was taken as well. */
    async function endless(piece: string) {
      const child = spawn(process.execPath, [hermesBin, ...change, "--json"], {
        env: bareEnvironment(home.env),
      });
      let ended = false;
      let taken = 0;
      child.stdin.on("error", () => {
        ended = true;
      });
      const feed = () => {
        if (ended) return;
        taken += piece.length;
        child.stdin.write(piece, feed);
      };
      feed();
      const envelope = onlyObject(await text(child.stdout));
      ended = true;
      child.stdin.destroy();
      return { envelope, taken };
    }

    it("without end is left at its first line", async () => {
      const { envelope, taken } = await endless("s3cret\n".repeat(1000));
      expect(envelope).toMatchObject({ response: "ok" });
      expect(taken).toBeLessThan(2_000_000);
    });

    it("without end and without a line is refused", async () => {
      const { envelope, taken } = await endless("x".repeat(8_192));
      expect(envelope).toEqual(invalid("parameters", /longer than 4096 bytes/));
      expect(taken).toBeLessThan(2_000_000);
    });

    it("is refused where it is no UTF-8, and for two secrets", async () => {
      const latin = await json(change, Buffer.from("pässword\n", "latin1"));
      expect(latin.envelope).toEqual(invalid("parameters", "not UTF-8"));
      const both = await json(["auth", "login", "--password-stdin", "--api-key-stdin"], "x\ny\n");
      expect(both.envelope).toEqual(invalid("parameters", "one secret"));
    });
  });

  it.skipIf(process.getuid?.() !== 0)(
    "a user id that the system has no name for is fine",
    async () => {
      const uid = 1_234_567;
      const folder = mkdtempSync(join(tmpdir(), "hermes-uid-"));
      chownSync(folder, uid, uid);
      try {
        const child = spawn(process.execPath, [hermesBin, "init", "--embedded", "--json"], {
          env: bareEnvironment({ HOME: folder }),
          uid,
          gid: uid,
        });
        const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
        expect(onlyObject(stdout, stderr)).toMatchObject({ response: "ok", domains: [] });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

describe("output that can't be written", () => {
  let home: Awaited<ReturnType<typeof temporaryHome>>;
  const UNWRITTEN =
    "hermes: Can't write the output: no space left on device. What was changed stays changed. [error/output]\n";

  beforeAll(async () => {
    home = await temporaryHome();
    await runHermes(["init", "--embedded", "--domain", "example.org"], { env: home.env });
    await runHermes(["numbers", "add-range", "+4712340000", "+4712349999"], { env: home.env });
  });
  afterAll(() => home.remove());

  /** Runs with a file as standard output. */
  async function into(file: string, args: readonly string[], stdin = "") {
    const child = spawn(process.execPath, [hermesBin, ...args], {
      env: bareEnvironment(home.env),
      stdio: ["pipe", openSync(file, "w"), "pipe"],
    });
    child.stdin?.end(stdin);
    const [stderr, [status]] = await Promise.all([
      text(child.stderr as never),
      once(child, "close"),
    ]);
    return { status, stderr };
  }

  it.each([
    [["numbers", "list"]],
    [["numbers", "list", "--json"]],
    [["numbers", "list", "--output", "csv"]],
    [["numbers", "export"]],
    [["numbers", "export", "--json"]],
    [["domain", "list"]],
    [["user", "gen-pw"]],
    [["no", "such", "--json"]],
    [["--help"]],
    [["--version"]],
  ])("%j > /dev/full", async (args) => {
    expect(await into("/dev/full", args)).toEqual({ status: 3, stderr: UNWRITTEN });
  });

  it("batch > /dev/full: what was done by then is done, and the rest is not", async () => {
    const add = (n: number) => `{"node":"numbers/add","params":{"number":"+4811${1000 + n}"}}\n`;
    const input = Array.from({ length: 301 }, (_, n) => add(n)).join("");
    expect(await into("/dev/full", ["batch"], input)).toEqual({ status: 3, stderr: UNWRITTEN });
    const { envelope } = await runJson(["numbers", "list", "--search", "+4811*"], {
      env: home.env,
    });
    expect(envelope.list).toHaveLength(300);
  });

  it("a disk with room for a part of it only", async () => {
    const file = join(home.folder, "part.txt");
    // A limit on a file's size is met like a full disk: first a part is written, then nothing.
    const script = `trap '' XFSZ; ulimit -f 200; exec "$0" "$1" numbers list > "$2"`;
    const child = spawn("sh", ["-c", script, process.execPath, hermesBin, file], {
      env: bareEnvironment(home.env),
    });
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect(stderr).toMatch(/^hermes: Can't write the output: file too large\./);
    expect(status).toBe(3);
    expect(readFileSync(file).length).toBeGreaterThan(0);
  });

  it("rejects of an import: nothing is imported", async () => {
    const args = ["numbers", "import", "--rejects", "/dev/full", "--json"];
    const { status, envelope } = await runJson(args, {
      env: home.env,
      stdin: "+999\n+4899123456\n",
    });
    expect([status, envelope]).toEqual([
      3,
      {
        response: "error",
        cause: "output",
        detail: "Can't write /dev/full: no space left on device. Nothing was imported.",
      },
    ]);
    const answer = await runJson(["numbers", "inpool", "+4899123456"], { env: home.env });
    expect(answer.envelope).toMatchObject({ cause: "nonexistant" });
  });
});
