import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Ended } from "./hermes-process";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A machine with system users, sudo and sshd: this one, with an /etc of its own that nobody else sees. */
export interface Machine {
  /** A folder that everybody may look into. */
  readonly folder: string;
  /** The built Hermes, by a path that every user can reach. */
  readonly hermes: string;
  /** Writes a file below the machine's /etc. */
  writeEtc(path: string, contents: string, owner?: string, mode?: number): Promise<void>;
  /** Runs a program to its end, as a user of the machine. */
  run(user: string, words: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Starts a program that lives as long as the machine. */
  start(words: readonly string[]): void;
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Makes a machine with these users; takes root. */
export async function startMachine(users: readonly string[]): Promise<Machine> {
  const folder = mkdtempSync(join(tmpdir(), "hermes-machine-"));
  chmodSync(folder, 0o755);
  for (const name of ["etc", "homes", "hermes"]) mkdirSync(join(folder, name));
  const hermes = join(folder, "run-hermes");
  writeFileSync(
    hermes,
    `#!/bin/sh\nexec '${process.execPath}' '${folder}/hermes/bin/hermes.js' "$@"\n`,
    { mode: 0o755 },
  );
  // Mounts that only processes of the machine see. They end with the last of these.
  const script = `
    set -eu
    cp -a /etc/. '${folder}/etc'
    mount --bind '${folder}/etc' /etc
    mount --bind '${root}' '${folder}/hermes'
    mkdir -p /run/sshd
    for user in ${users.join(" ")}; do
      useradd --no-log-init --user-group --create-home --home-dir '${folder}/homes/'$user --shell /bin/sh $user
      usermod --password '*' $user
      chmod 700 '${folder}/homes/'$user
    done
    echo ready
    exec sleep infinity`;
  const ground = spawn("setpriv", [
    ...["--pdeathsig=SIGKILL", "unshare", "--mount", "--propagation", "private"],
    ...["bash", "-c", script],
  ]);
  const complaint = text(ground.stderr);
  const [said] = await Promise.race([once(ground.stdout, "data"), once(ground, "exit")]);
  if (!String(said).startsWith("ready")) throw new Error(`No machine: ${await complaint}`);
  const within = ["nsenter", `--target=${ground.pid}`, "--mount", "--"];
  const started: ReturnType<typeof spawn>[] = [];

  const machine: Machine = {
    folder,
    hermes,
    async writeEtc(path, contents, owner = "root:root", mode = 0o644) {
      const file = join(folder, "etc", path);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, contents);
      const changed = await machine.run("root", ["chown", owner, `/etc/${path}`]);
      if (changed.status !== 0) throw new Error(changed.stderr);
      chmodSync(file, mode);
    },
    async run(user, words, { stdin = "", env = {}, cwd = "/" } = {}) {
      const [program = "", ...rest] = [
        ...within,
        ...["setpriv", `--reuid=${user}`, `--regid=${user}`, "--init-groups", "--"],
        ...["env", "-i", `--chdir=${cwd}`, "PATH=/usr/sbin:/usr/bin:/sbin:/bin"],
        ...[`HOME=${user === "root" ? "/root" : join(folder, "homes", user)}`],
        ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
        ...words,
      ];
      const child = spawn(program, rest);
      child.stdin.on("error", () => {}).end(stdin);
      const [stdout, stderr, [status]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "close"),
      ]);
      return { status: status ?? 255, stdout, stderr };
    },
    start(words) {
      const [program = "", ...rest] = [...within, "setpriv", "--pdeathsig=SIGKILL", ...words];
      started.push(spawn(program, rest, { stdio: "ignore" }));
    },
    async stop() {
      for (const child of [...started, ground]) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return machine;
}

/** A pair of ssh keys; answers the public one. */
export function sshKey(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file], (error) => {
      if (error) reject(error);
      else execFile("cat", [`${file}.pub`], (_, stdout) => resolve(stdout.trim()));
    });
  });
}
