import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freePort } from "../support/free-port.js";
import { waitFor } from "../support/wait.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A line that is typed, and what the README shows behind it. */
interface Step {
  readonly command: string;
  readonly shown: readonly string[];
}

const port = await freePort();
const steps = sessionOf(readFileSync(join(root, "README.md"), "utf8"), "## A first session").map(
  ({ command, shown }) => ({ command: elsewhere(command), shown: shown.map(elsewhere) }),
);

/** Kamailio's own port may be taken on this host. */
function elsewhere(text: string): string {
  return text.replaceAll("5060", String(port));
}

let home: string;
let shell: Shell;

beforeAll(() => {
  vi.setConfig({ testTimeout: 60_000 });
  home = mkdtempSync(join(tmpdir(), "hermes-readme-"));
  const bin = join(root, "bin", "hermes.js");
  writeFileSync(join(home, "hermes"), `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`, {
    mode: 0o755,
  });
  shell = new Shell({ HOME: home, PATH: `${home}:${process.env.PATH}` });
});
afterAll(async () => {
  await shell.end();
  rmSync(home, { recursive: true, force: true });
});

test("the session ends with a call", () => {
  expect(steps.at(-1)?.shown.join()).toContain("Call established");
});

// Each goes on from where the one before has left off.
test.each(steps)("$command", async ({ command, shown }) => {
  if (command.endsWith("&")) {
    await shell.run(command);
    if (command.startsWith("kamailio ")) await waitFor("Kamailio's socket", listens);
    return;
  }
  if (!command.includes("user location")) {
    expect(await shell.run(command)).toMatch(patternOf(shown));
    return;
  }
  // A person takes a moment to type it; the phone has registered by then.
  await waitFor("the registration", async () => patternOf(shown).test(await shell.run(command)));
});

const listens = () =>
  readFileSync("/proc/net/udp", "utf8").includes(
    `:${port.toString(16).toUpperCase().padStart(4, "0")} `,
  );

/** What stands behind each `$` of the first session under a heading, the lines of a command joined. */
function sessionOf(text: string, heading: string): Step[] {
  const [, section = ""] = text.split(`${heading}\n`);
  const lines = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => /^ {4}/.test(line));
  const steps: { command: string; shown: string[] }[] = [];
  let continued = false;
  for (const line of lines.map((line) => line.slice(4))) {
    const step = steps.at(-1);
    if (line.startsWith("$ ")) steps.push({ command: line.slice(2), shown: [] });
    else if (step !== undefined && continued) step.command += `\n${line}`;
    else step?.shown.push(line);
    continued = line.endsWith("\\");
  }
  return steps;
}

/** `…` stands for whatever comes; what is made anew each time differs. */
function patternOf(shown: readonly string[]): RegExp {
  if (shown.length === 0) return /^/;
  const escaped = shown.join("\n").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = escaped.replaceAll("…", "[^]*").replace(/^(password +)\S+$/m, "$1\\S{24}");
  return new RegExp(`^${pattern}$`);
}

/** The phone before its server, so that it can say goodbye. */
const END_JOBS = "for job in $(jobs -p | tac); do kill $job; wait $job; done";

/** A shell that lines are typed into, one after the other. */
class Shell {
  private readonly child: ChildProcess;
  private said = "";

  constructor(env: Record<string, string>) {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(HERMES|XDG)_/.test(name));
    // setpriv, so that it ends with this process even where that is killed outright.
    this.child = spawn("setpriv", ["--pdeathsig=SIGHUP", "bash", "--norc"], {
      cwd: root,
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.child.stdout?.on("data", (data) => {
      this.said += data;
    });
    this.child.stdin?.write(`exec 2>&1\ntrap '${END_JOBS}' EXIT\n`);
  }

  /** Types a line, and answers what it prints. */
  async run(command: string): Promise<string> {
    this.said = "";
    // Nothing that it runs may read the lines that follow.
    this.child.stdin?.write(`{ ${command}\n} </dev/null\necho "<$?>"\n`);
    const end = /<\d+>\n$/;
    await waitFor(command, () => end.test(this.said), { timeout: 30_000 });
    return this.said.replace(end, "").trimEnd();
  }

  async end(): Promise<void> {
    this.child.stdin?.end();
    await waitFor("the shell's end", () => this.child.exitCode !== null);
  }
}
