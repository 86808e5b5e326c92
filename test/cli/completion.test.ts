import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hermesBin, runHermes, runJson } from "../support/hermes-process";
import { type Site, startSite } from "../support/site";
import { openProgram } from "../support/terminal";

const SHELLS = { bash: ["bash", "--norc"], zsh: ["zsh", "-f"], fish: ["fish", "--no-config"] };
const BEGIN = {
  bash: "PS1='$ '; source <(hermes completion bash)",
  zsh: "PS1='$ '; autoload -U compinit; compinit -u -D; source <(hermes completion zsh)",
  fish: "function fish_prompt; echo -n '$ '; end; hermes completion fish | source",
};

describe("completion", () => {
  let site: Site;
  let folder: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    site = await startSite("embedded");
    await site.reset();
    for (const [username, displayname] of [
      ["alice", "Alice"],
      ["albert", "Albert \x1b[31m"],
      ["$(reboot)", "A name that would be a command"],
    ]) {
      await site.ok("user/add_local", {
        ...{ username, domain: "example.org", email: "a@mail.test" },
        displayname: displayname?.replace("\x1b", "ESC"),
      });
    }
    await site.ok("phone/add", { user: "alice@example.org", mac: "f00ba2ba5c00" });
    await site.ok("numbers/add_range", { start: "+4712345000", end: "+4712345009" });
    await site.ok("alias/add", { alias: "4224@example.org", destination: "alice@example.org" });
    await site.ok("auth/add_user", { username: "bob", password: "correct horse" });
    folder = await mkdtemp(join(tmpdir(), "hermes-completion-"));
    await symlink(hermesBin, join(folder, "hermes"));
    env = { ...site.env, PATH: `${folder}${delimiter}${process.env.PATH}` };
  });
  afterAll(async () => {
    await site.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const offered = async (line: string) => {
    const { stdout, status, stderr } = await runHermes(
      ["completion", "bash", "--", ...line.split(" ")],
      { env },
    );
    expect([status, stderr]).toEqual([0, ""]);
    return stdout.split("\n").flatMap((found) => found.split("\t")[0] || []);
  };

  it.each([
    ["user get al", ["albert@example.org", "alice@example.org"]],
    ["user remove --user alb", ["albert@example.org"]],
    ["user add-local carol@", ["carol@bare.example.org", "carol@example.org"]],
    ["domain get-servers e", ["example.org"]],
    ["alias remove ", ["4224@example.org"]],
    ["numbers remove +471234500", [...Array(10).keys()].map((n) => `+471234500${n}`)],
    ["phone get f0:0b", ["f0:0b:a2:ba:5c:00"]],
    ["phone get F00B", ["f00ba2ba5c00"]],
    ["extension get-managing-user 4", ["4224@example.org"]],
    ["auth get-user ", ["bob"]],
  ])("%s → %j", async (line, expected) => {
    expect((await offered(line)).sort()).toEqual(expected);
  });

  it("no name that a shell would take for anything else", async () => {
    expect(await offered("user get ")).toEqual(["albert@example.org", "alice@example.org"]);
  });

  it("JSON is one object, for the script too", async () => {
    const { envelope } = await runJson(["completion", "bash"], { env });
    expect(envelope).toMatchObject({
      response: "ok",
      content: expect.stringContaining("complete -F"),
    });
  });

  it.each([
    ["without a server", { HERMES_KAMAILIO_URL: "mysql://u:p@127.0.0.1:1/kamailio" }],
    ["with a configuration that can't be read", { HERMES_CONFIG: "/nowhere/config.toml" }],
    ["without a session", { sessions: "wanted" }],
  ])("silence %s", async (_why, { sessions, ...more }: Record<string, string>) => {
    const config = join(folder, "config.toml");
    await writeFile(config, '[auth]\nmode = "session"\n');
    const configured = sessions === undefined ? more : { HERMES_CONFIG: config };
    const { stdout, stderr, status } = await runHermes(
      ["completion", "bash", "--", "user", "get", "al"],
      { env: { ...env, ...configured } as Record<string, string> },
    );
    expect([status, stdout, stderr]).toEqual([0, "", ""]);
  });

  describe.each(["bash", "zsh", "fish"] as const)("in %s", (shell) => {
    const open = async () => {
      const terminal = await openProgram(SHELLS[shell], { env, columns: 100 });
      await terminal.shows(/[$>#%]\s*$/);
      await terminal.type(BEGIN[shell]);
      await terminal.press("Enter");
      await terminal.type("clear; echo ready");
      await terminal.press("Enter");
      await terminal.shows(/^ready\n\$$/m);
      return terminal;
    };

    it("completes a command, an account and a value with signs in it", async () => {
      const { type, press, shows } = await open();
      await type("hermes phone ge");
      await press("Tab");
      await shows(/hermes phone get $|hermes phone get\s*$/m);
      await type("f0:0b");
      await press("Tab");
      await shows(/hermes phone get f0:0b:a2:ba:5c:00/);
      await press("Enter");
      await shows(/f00ba2ba5c00|alice/);
      await type("clear");
      await press("Enter");
      await type("hermes user get alice@");
      await press("Tab");
      await shows(/hermes user get alice@example\.org/);
    });

    it("shows what there is to choose from", async () => {
      const { type, press, shows } = await open();
      await type("hermes user get ");
      // bash wants it three times: once for what both begin with, twice for the list.
      for (const _ of "123") await press("Tab");
      await shows(/albert@example\.org[\s\S]*alice@example\.org/);
    });

    it("offers files where a file is wanted", async () => {
      await writeFile(join(folder, "people.csv"), "user\n");
      const { type, press, shows } = await open();
      await type(`hermes user import ${folder}/peo`);
      await press("Tab");
      await shows(/people\.csv/);
    });
  });
});
