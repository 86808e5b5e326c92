import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { freePort } from "../support/free-port.js";
import { runShell } from "../support/shell.js";
import { blocksOf, pattern, stepsOf } from "../support/shell-lines.js";
import { temporaryHome } from "../support/temporary-home.js";
import { waitFor } from "../support/wait.js";
import { Baresip } from "./baresip.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const [session = "", phones = ""] = blocksOf(readme, "console");

const root = fileURLToPath(new URL("../..", import.meta.url));

let home: Awaited<ReturnType<typeof temporaryHome>>;
let port: number;
let kamailio: ChildProcess | undefined;

beforeAll(async () => {
  home = await temporaryHome();
  port = await freePort();
});
afterAll(async () => {
  if (kamailio !== undefined) {
    const ended = once(kamailio, "exit");
    kamailio.kill();
    await ended;
  }
  await home.remove();
});

/** 5060 is the port of whoever has a Kamailio already. */
const here = (command: string) => command.replaceAll("5060", String(port));

/** What a step says, on both outputs. */
async function typed(command: string): Promise<string> {
  const { stdout, stderr } = await runShell(here(command), { env: { HOME: home.folder } });
  return stdout + stderr;
}

/** Runs what is typed with `&` behind it, until the test ends or this process does. */
function inBackground(command: string): ChildProcess {
  const line = `exec setpriv --pdeathsig=SIGTERM ${here(command).replace(/ *&$/, "")}`;
  const env = { ...process.env, HOME: home.folder };
  return spawn("bash", ["-c", line], { cwd: root, env, stdio: "ignore" });
}

test("the README's first session goes as it stands there", async () => {
  for (const { command, output } of stepsOf(session)) {
    if (command.startsWith("kamailio ")) {
      kamailio = inBackground(command);
      await waitFor("Kamailio's socket", () => existsSync(join(home.folder, "kamailio_rpc.sock")));
    } else {
      expect(await typed(command)).toMatch(pattern(output));
    }
  }
});

test("and ends with a call that goes through", async () => {
  for (const { command, output } of stepsOf(phones)) {
    const [, folder, done] = /^baresip -f ~\/(\S+) -e '(.*?)'/.exec(command) ?? [];
    if (folder === undefined || done === undefined) {
      expect(await typed(command)).toMatch(pattern(output));
      continue;
    }
    const phone = Baresip.start(join(home.folder, folder), done);
    onTestFinished(() => phone.stop());
    await phone.says(/1 binding/);
    const last = output.at(-1)?.replace("…", "");
    if (last !== undefined) await phone.says(new RegExp(last.trim()));
  }
});
