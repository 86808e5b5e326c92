import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { runShell } from "../support/shell.js";
import { blocksOf, pattern, stepsOf } from "../support/shell-lines.js";
import { temporaryHome } from "../support/temporary-home.js";
import { Baresip } from "./baresip.js";
import { type Kamailio, startKamailio } from "./kamailio.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const [session = "", phones = ""] = blocksOf(readme, "console");

let home: Awaited<ReturnType<typeof temporaryHome>>;
let kamailio: Kamailio | undefined;

beforeAll(async () => {
  home = await temporaryHome();
});
afterAll(async () => {
  await kamailio?.stop();
  await home.remove();
});

/** What a step says, on both outputs. */
async function typed(command: string): Promise<string> {
  // 5060 is the port of whoever has a Kamailio already.
  const here = command.replaceAll("5060", String(kamailio?.port));
  const { stdout, stderr } = await runShell(here, { env: home.env });
  return stdout + stderr;
}

test("the README's first session goes as it stands there", async () => {
  for (const { command, output } of stepsOf(session)) {
    expect(await typed(command)).toMatch(pattern(output));
    if (kamailio === undefined && command.startsWith("hermes init")) {
      const file = join(home.env.XDG_DATA_HOME, "hermes", "hermes.db");
      kamailio = await startKamailio({ dbUrl: `sqlite://${file}` });
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
