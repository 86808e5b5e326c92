import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bareEnvironment, hermesBin, runHermes, runJson } from "../support/hermes-process";
import { DOMAIN, useSite } from "../support/site";
import { waitFor } from "../support/wait";

describe("a configuration with a password in it", () => {
  const site = useSite("v7");
  let file: string;
  beforeEach(() => {
    file = join(site().env.XDG_CONFIG_HOME ?? "", "hermes", "config.toml");
    mkdirSync(dirname(file), { recursive: true });
    const { HERMES_KAMAILIO_URL, HERMES_PROVISIONING_URL } = site().env;
    writeFileSync(
      file,
      `[kamailio]\nurl = "${HERMES_KAMAILIO_URL}"\n[provisioning]\nurl = "${HERMES_PROVISIONING_URL}"\n`,
    );
  });
  afterEach(() => rmSync(file));

  const env = () => {
    const { HERMES_KAMAILIO_URL: _, HERMES_PROVISIONING_URL: __, ...rest } = site().env;
    return rest;
  };

  it.each([
    [0o644, "Everybody on this host can read"],
    [0o666, "Everybody on this host can change"],
    [0o604, "Everybody on this host can read"],
  ])("and mode %o is named by every command, once", async (mode, words) => {
    chmodSync(file, mode);
    for (const line of ["domain list", "config show", "batch", "db status", "numbers export"]) {
      const { stderr } = await runHermes(line.split(" "), { env: env() });
      expect(stderr.split(words).length - 1, line).toBe(1);
      expect(stderr).toContain(`${file} (mode 0${mode.toString(8)})`);
    }
    const { envelope } = await runJson(["doctor"], { env: env() });
    expect(envelope.findings).toContainEqual(
      expect.objectContaining({ check: "configuration", severity: "warning", subject: file }),
    );
  });

  it.each([0o600, 0o640])("and mode %o is nobody's business", async (mode) => {
    chmodSync(file, mode);
    expect(await runHermes(["domain", "list"], { env: env() })).toMatchObject({ stderr: "" });
  });
});

describe.each(["embedded", "v7"] as const)("--verbose, %s", (shape) => {
  const site = useSite(shape);

  it("shows statements, and no value of them", async () => {
    const user = `hidden@${DOMAIN}`;
    await site().ok("user/add_local", { user, displayname: "Hidden", email: "h@mail.example" });
    const words = ["user", "change-pw", user, "--password", "hush-hush", "--verbose"];
    const { status, stderr } = await runHermes(words, { env: site().env });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^UPDATE .*subscriber.* \[values: \d+\]$/m);
    expect(stderr).not.toMatch(/hush|hidden|[0-9a-f]{32}/i);
  });
});

describe.skipIf(process.getuid?.() !== 0)(
  "--rejects into a folder that others may write to",
  () => {
    const site = useSite("embedded");
    const STRANGER = 12_345;
    let folder: string;
    let file: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "hermes-shared-"));
      chmodSync(folder, 0o1777);
      file = join(folder, "rejected.csv");
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    const rows = `user,displayname,email,password\nx@nowhere.example,X,x@mail.example,hush-hush\n`;
    const reject = () =>
      runJson(["user", "import", "--rejects", file], { env: site().env, stdin: rows });

    it("does not follow a link that somebody has planted", async () => {
      const target = join(folder, "target");
      writeFileSync(target, "theirs", { mode: 0o666 });
      symlinkSync(target, file);
      lchownSync(file, STRANGER, STRANGER);
      expect((await reject()).envelope).toMatchObject({
        response: "invalid",
        detail: expect.stringContaining("is a link of somebody else's"),
      });
      expect(readFileSync(target, "utf8")).toBe("theirs");
    });

    it("does not write to a pipe that somebody has planted", async () => {
      execFileSync("mkfifo", ["-m", "666", file]);
      chownSync(file, STRANGER, STRANGER);
      const reader = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
      try {
        expect((await reject()).envelope).toMatchObject({
          response: "invalid",
          detail: expect.stringContaining("is somebody else's"),
        });
        expect(() => readSync(reader, Buffer.alloc(10))).toThrow("EAGAIN");
      } finally {
        closeSync(reader);
      }
    });

    it("takes the place of a file of somebody's, and is not theirs to read", async () => {
      writeFileSync(file, "theirs", { mode: 0o666 });
      chownSync(file, STRANGER, STRANGER);
      expect((await reject()).envelope).toMatchObject({ cause: "rejected" });
      const { uid, mode } = statSync(file);
      expect([uid, mode & 0o777]).toEqual([process.getuid?.(), 0o600]);
      expect(readFileSync(file, "utf8")).toContain("hush-hush");
    });

    it("leaves a file for its owner alone where it is killed outright, and goes on next time", async () => {
      const child = spawn(
        process.execPath,
        [hermesBin, "user", "import", "--format", "csv", "--rejects", file],
        { env: bareEnvironment(site().env), stdio: ["pipe", "ignore", "ignore"] },
      );
      child.stdin.on("error", () => {}).end(rows.repeat(50_000));
      await waitFor("a draft", () => readdirSync(folder).length > 0);
      child.kill("SIGKILL");
      await once(child, "exit");
      for (const left of readdirSync(folder)) {
        expect(left).not.toBe("rejected.csv");
        expect(statSync(join(folder, left)).mode & 0o777).toBe(0o600);
      }
      expect((await reject()).envelope).toMatchObject({ cause: "rejected" });
      expect(readFileSync(file, "utf8")).toContain("hush-hush");
    });
  },
);
