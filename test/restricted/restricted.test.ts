import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../support/free-port";
import { type Ended, onlyObject } from "../support/hermes-process";
import { PASSWORD } from "../support/operators";
import { DOMAIN, useSite } from "../support/site";
import { type Machine, sshKey, startMachine } from "../support/system-users";
import { waitFor } from "../support/wait";

/**
 * Two people who may do no more than their sessions allow, each by sudo and by ssh, on a machine
 * where `hermes` is the account that can read the database's password. sudo and sshd let them set
 * every variable here that either could be talked into letting through.
 */
describe("hermes restricted, for two system users", () => {
  const site = useSite("v7");
  let machine: Machine;
  let port: number;
  /** A file of the hermes account that nobody is to see. */
  let secret: string;
  let own: string;

  const config = (mode: string) =>
    `[kamailio]\nurl = "${site().env.HERMES_KAMAILIO_URL}"\n[provisioning]\nurl = "${site().env.HERMES_PROVISIONING_URL}"\n[auth]\nmode = "${mode}"\n`;
  const configure = (text: string) =>
    machine.writeEtc("hermes/config.toml", text, "root:hermes", 0o640);

  beforeAll(async () => {
    machine = await startMachine(["hermes", "alice", "bob"]);
    const { folder, hermes } = machine;
    await machine.writeEtc(
      "sudoers.d/hermes",
      [
        'Defaults env_keep += "HERMES_* XDG_* HOME TZ SSH_ORIGINAL_COMMAND SSH_CONNECTION"',
        `alice,bob ALL=(hermes) NOPASSWD: ${hermes} restricted *`,
        "",
      ].join("\n"),
      "root:root",
      0o440,
    );
    const homes = join(folder, "homes");
    const keys: string[] = [];
    for (const user of ["alice", "bob"]) {
      const { uid, gid } = statSync(join(homes, user));
      const key = join(homes, user, "key");
      keys.push(`restrict,command="${hermes} restricted ${user}" ${await sshKey(key)}`);
      chownSync(key, uid, gid);
    }
    await machine.writeEtc("ssh/keys/hermes", `${keys.join("\n")}\n`);
    port = await freePort();
    await sshKey(join(folder, "host"));
    await machine.writeEtc(
      "ssh/hermes_sshd",
      [
        ...[`Port ${port}`, "ListenAddress 127.0.0.1", `HostKey ${join(folder, "host")}`],
        ...["AuthorizedKeysFile /etc/ssh/keys/%u", "UsePAM no", "PidFile none", "StrictModes no"],
        ...["PasswordAuthentication no", "Subsystem sftp internal-sftp"],
        ...["AcceptEnv HERMES_* XDG_* SUDO_* HOME TZ NODE_*", ""],
      ].join("\n"),
    );
    machine.start(["/usr/sbin/sshd", "-D", "-f", "/etc/ssh/hermes_sshd"]);
    secret = join(homes, "hermes", "secret");
    writeFileSync(secret, "+4712345000\nhush-hush\n", { mode: 0o600 });
    const { uid, gid } = statSync(join(homes, "hermes"));
    chownSync(secret, uid, gid);
    // Alice's own configuration, which trusts everybody.
    own = join(folder, "own", "hermes", "config.toml");
    mkdirSync(dirname(own), { recursive: true });
    writeFileSync(own, config("trusted"));
    await waitFor("sshd", async () => {
      const { status, stderr } = await bySsh("alice", "--version");
      if (status !== 0) throw new Error(stderr);
      return true;
    });
  });
  beforeEach(async () => {
    await configure(config("session"));
    rmSync(join(machine.folder, "homes/hermes/.local"), { recursive: true, force: true });
    for (const username of ["alice", "bob"]) {
      await site().ok("auth/add_user", { username, password: PASSWORD });
      await site().ok("auth/authorize_user", { username, access: "full_read" });
    }
  });
  afterAll(() => machine?.stop());

  type Way = (
    user: "alice" | "bob",
    line: string,
    given?: { stdin?: string; env?: Record<string, string> },
  ) => Promise<Ended>;

  /** By sudo; the line is parted at its blanks. */
  const bySudo: Way = (user, line, given) =>
    machine.run(
      user,
      ["sudo", "-n", "-u", "hermes", machine.hermes, "restricted", ...line.split(" ")],
      { cwd: machine.folder, ...given },
    );

  /** By ssh with the user's key; what is in `env` is sent along. */
  const bySsh: Way = (user, line, { stdin = "", env = {} } = {}) =>
    machine.run(
      user,
      [
        ...["ssh", "-i", join(machine.folder, "homes", user, "key"), "-p", String(port)],
        ...["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"],
        ...["-o", "BatchMode=yes", "-o", "LogLevel=ERROR"],
        ...(Object.keys(env).length === 0
          ? []
          : [
              "-o",
              `SetEnv=${Object.entries(env)
                .map(([name, value]) => `${name}=${value}`)
                .join(" ")}`,
            ]),
        ...["--", "hermes@127.0.0.1", line],
      ],
      { stdin },
    );

  const ways = [
    ["sudo", bySudo],
    ["ssh", bySsh],
  ] as const;

  const logIn = (way: Way, user: "alice" | "bob") =>
    way(user, `auth login --username ${user} --password-stdin --json`, { stdin: PASSWORD });

  async function envelope(ended: Promise<Ended>) {
    const { stdout, stderr } = await ended;
    return onlyObject(stdout, stderr);
  }

  /** Nothing of what the hermes account alone can read. */
  function expectNoSecret({ stdout, stderr }: Ended): void {
    const { HERMES_KAMAILIO_URL = "" } = site().env;
    const password = /:([^:@]+)@/.exec(HERMES_KAMAILIO_URL)?.[1] ?? "?";
    for (const hidden of [password, "hush-hush"]) expect(stdout + stderr).not.toContain(hidden);
  }

  it("stands on ground where its secrets are secret", async () => {
    for (const file of ["/etc/hermes/config.toml", secret]) {
      expect((await machine.run("alice", ["cat", file])).status).not.toBe(0);
      expect((await machine.run("hermes", ["cat", file])).status).toBe(0);
    }
    const other = ["sudo", "-n", "-u", "hermes", machine.hermes, "config", "show"];
    expect((await machine.run("alice", other)).stderr).toMatch(/password is required|not allowed/);
  });

  describe.each(ways)("by %s", (name, way) => {
    it("does what the session allows, for each caller by their own", async () => {
      expect(await envelope(way("alice", "user list --json"))).toMatchObject({
        response: "failed",
        cause: "unauthorized",
      });
      expect(await envelope(logIn(way, "alice"))).toMatchObject({ response: "ok" });
      expect(await envelope(way("alice", "user list --json"))).toEqual({
        response: "ok",
        list: [],
      });
      expect(await envelope(way("alice", "numbers add +4712345000 --json"))).toMatchObject({
        cause: "unauthorized",
        detail: "alice has full_read; numbers/add takes read_write.",
      });
      expect(await envelope(way("bob", "user list --json"))).toMatchObject({
        cause: "unauthorized",
      });
      expect(await envelope(logIn(way, "bob"))).toMatchObject({ response: "ok" });
      expect(await envelope(way("bob", "auth logout --json"))).toMatchObject({ response: "ok" });
      expect(await envelope(way("alice", "auth ping --json"))).toMatchObject({ response: "pong" });
    });

    it("keeps sessions where only the hermes account can read them", async () => {
      await logIn(way, "alice");
      const uid = statSync(join(machine.folder, "homes", "alice")).uid;
      const file = join(
        ...[machine.folder, "homes", "hermes", ".local/state/hermes/restricted"],
        name === "sudo" ? `uid-${uid}.json` : "key-alice.json",
      );
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(join(file, "..")).mode & 0o777).toBe(0o700);
      expect(JSON.parse(readFileSync(file, "utf8"))).toHaveProperty("authKey");
    });

    it("reads and writes by standard input and output", async () => {
      await site().ok("auth/authorize_user", { username: "alice", access: "read_write" });
      await logIn(way, "alice");
      const stdin = "+4712345000\n+4712345001\n";
      expect(await envelope(way("alice", "numbers import --json", { stdin }))).toMatchObject({
        response: "ok",
        added: 2,
      });
      expect(await envelope(way("alice", "numbers import - --json", { stdin }))).toMatchObject({
        rejected: 2,
      });
      expect((await way("alice", "numbers export")).stdout).toBe(stdin);
      const line = `{"node":"numbers/remove","params":{"number":"+4712345000"}}`;
      expect((await way("alice", "batch", { stdin: line })).stdout).toContain('"response":"ok"');
      const params = `{"number":"+4712345001"}`;
      expect(
        await envelope(
          way("alice", "call numbers/remove --params-json - --json", { stdin: params }),
        ),
      ).toMatchObject({ response: "ok" });
    });

    it.each([
      "config show --show-secrets",
      "config path",
      "init --embedded --domain own.example",
      "quickstart",
      "db status",
      "db migrate",
      "doctor",
      "doctor --fix --yes",
      "restricted user list",
    ])("%s is the owner's alone", async (line) => {
      await logIn(way, "alice");
      const ended = await way("alice", `${line} --json`);
      expect(onlyObject(ended.stdout, ended.stderr)).toMatchObject({
        response: "invalid",
        cause: "restricted",
      });
      expectNoSecret(ended);
    });

    it("opens no file, whoever could read it", async () => {
      await site().ok("auth/authorize_user", { username: "alice", access: "read_write" });
      await logIn(way, "alice");
      for (const line of [
        `--config ${own} user list`,
        `user list --config ${own}`,
        `user list --config=${own}`,
        `call user/list --params-json ${secret}`,
        `call user/list --params-json=/etc/hermes/config.toml`,
        `numbers import ${secret}`,
        `numbers import --file ${secret}`,
        `numbers import /dev/stdin`,
        `numbers import /proc/self/environ`,
        `user import /etc/hermes/config.toml --format ndjson`,
        `batch ${secret}`,
        `batch --file=${secret}`,
        `numbers import --rejects ${join(machine.folder, "homes", "hermes", "planted")}`,
        `numbers import --rejects -`,
        `phone render --all --out ${machine.folder}`,
        `call phone/render all=true out=${machine.folder}`,
      ]) {
        const ended = await way("alice", `${line} --json`, { stdin: "+47\n" });
        expect(onlyObject(ended.stdout, ended.stderr), line).toMatchObject({
          response: "invalid",
          cause: "parameters",
          detail: expect.stringContaining("no file is opened here"),
        });
        expectNoSecret(ended);
      }
      const stdin = `{"node":"phone/render","params":{"all":true,"out":"${machine.folder}"}}`;
      expect((await way("alice", "batch", { stdin })).stdout).toContain("no file is opened here");
      expect(await site().sql("SELECT * FROM {numbers}")).toEqual([]);
      await expect(async () =>
        statSync(join(machine.folder, "homes/hermes/planted")),
      ).rejects.toThrow();
    });

    it("takes nothing from the environment", async () => {
      const env = {
        HERMES_CONFIG: own,
        HERMES_ETC: dirname(dirname(own)),
        HERMES_KAMAILIO_URL: `sqlite://${machine.folder}/own.db`,
        HERMES_PROVISIONING_URL: `sqlite://${machine.folder}/own.db`,
        HERMES_SESSION: "x",
        HERMES_AUTH_KEY: "y",
        HERMES_API_KEY: "z",
        XDG_CONFIG_HOME: dirname(dirname(own)),
        XDG_STATE_HOME: machine.folder,
        HOME: machine.folder,
      };
      // Refused for want of a session, not for a session or key that there is not.
      expect(await envelope(way("alice", "user list --json", { env }))).toMatchObject({
        cause: "unauthorized",
        detail: expect.stringContaining("This takes a session"),
      });
      await logIn(way, "alice");
      expect(await envelope(way("alice", "domain list --json", { env }))).toMatchObject({
        list: expect.arrayContaining([DOMAIN]),
      });
      await expect(async () =>
        statSync(join(machine.folder, "hermes/session.json")),
      ).rejects.toThrow();
    });

    it("lets nobody make themselves the first operator, although the file is the account's own", async () => {
      await machine.writeEtc("hermes/config.toml", config("session"), "hermes:hermes", 0o600);
      for (const username of ["alice", "bob"]) await site().ok("auth/remove_user", { username });
      const ended = way("alice", "auth add-user mallory --generate --json");
      expect(await envelope(ended)).toMatchObject({ cause: "unauthorized" });
      expect(await site().sql("SELECT * FROM {operators}")).toEqual([]);
    });

    it.each([
      ["trusts everybody", () => config("trusted")],
      ["names no database", () => '[auth]\nmode = "session"\n'],
    ])("refuses a configuration that %s", async (_, text) => {
      await configure(text());
      expect(await envelope(way("alice", "user list --json"))).toMatchObject({
        response: "error",
        cause: "config",
        detail: expect.stringContaining("/etc/hermes/config.toml must"),
      });
    });

    it("helps", async () => {
      const { status, stdout } = await way("alice", "help user list");
      expect(status).toBe(0);
      expect(stdout).toContain("hermes user list");
    });
  });

  describe("sudo's own", () => {
    it("rule reaches no other command by words that only look like it", async () => {
      const tried = [
        ["restricted config", "show"],
        ["restricted "],
        ["restricted --config", own, "user", "list"],
      ];
      for (const words of tried) {
        const run = ["sudo", "-n", "-u", "hermes", machine.hermes, ...words];
        const ended = await machine.run("alice", run);
        expect(ended.status).not.toBe(0);
        expect(ended.stdout).toBe("");
        expectNoSecret(ended);
      }
    });

    it("caller is the user, whatever ssh's variables say", async () => {
      await logIn(bySudo, "bob");
      const env = { SSH_CONNECTION: "192.0.2.1 1 192.0.2.2 22", SSH_ORIGINAL_COMMAND: "auth ping" };
      const answer = await envelope(bySudo("alice", "auth ping --json", { env }));
      expect(answer).toMatchObject({ cause: "unauthorized" });
    });

    it("variables for node are not let through", async () => {
      const planted = join(machine.folder, "planted.cjs");
      writeFileSync(planted, "console.log('planted')");
      chmodSync(planted, 0o644);
      const env = { NODE_OPTIONS: `--require=${planted}` };
      const ended = await bySudo("alice", "--version", { env });
      expect(ended.stdout).not.toContain("planted");
      const direct = ["sudo", "-n", "-u", "hermes", `NODE_OPTIONS=--require=${planted}`];
      const named = await machine.run("alice", [
        ...direct,
        machine.hermes,
        "restricted",
        "--version",
      ]);
      expect(named.stdout).not.toContain("planted");
      expect(named.status).not.toBe(0);
    });
  });

  describe("ssh's own", () => {
    it.each([
      "user list; cat /etc/hermes/config.toml",
      "user list && id",
      "user list $(id)",
      "user list `id`",
      "user list > /tmp/x",
      "user 'list",
    ])("%s is for a shell, and there is none", async (line) => {
      const ended = await bySsh("alice", line);
      expect(ended.status).toBe(2);
      expect(ended.stdout).toBe("");
      expectNoSecret(ended);
    });

    it("keeps quoted words together", async () => {
      await logIn(bySsh, "alice");
      const answer = await envelope(bySsh("alice", "hermes user list --search 'a b; c' --json"));
      expect(answer).toEqual({ response: "ok", list: [] });
    });

    it("other doors are closed: a shell, copying, sftp, a forwarded port, SUDO_UID", async () => {
      const shell = await bySsh("alice", "");
      expect(shell.stderr).toContain("Say what to run");
      const options = [
        ...["-i", join(machine.folder, "homes", "alice", "key"), "-o", "StrictHostKeyChecking=no"],
        ...["-o", "UserKnownHostsFile=/dev/null", "-o", "BatchMode=yes"],
      ];
      for (const flag of [[], ["-O"]]) {
        const target = join(machine.folder, "homes", "alice", "copied");
        const copy = [
          "scp",
          ...flag,
          "-P",
          String(port),
          ...options,
          `hermes@127.0.0.1:${secret}`,
          target,
        ];
        expect((await machine.run("alice", copy)).status).not.toBe(0);
      }
      const forward = [
        "ssh",
        "-p",
        String(port),
        ...options,
        "-W",
        "127.0.0.1:22",
        "hermes@127.0.0.1",
      ];
      expect((await machine.run("alice", forward)).stderr).toMatch(/prohibited|failed/);

      await logIn(bySudo, "bob");
      const uid = String(statSync(join(machine.folder, "homes", "bob")).uid);
      const ended = await bySsh("alice", "auth ping", { env: { SUDO_UID: uid } });
      expect(ended.status).not.toBe(0);
      expect(ended.stdout).toBe("");
    });
  });
});
