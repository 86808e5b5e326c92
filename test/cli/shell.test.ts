import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { runHermes } from "../support/hermes-process";
import { useSite } from "../support/site";
import { openTerminal, type Terminal } from "../support/terminal";

const ALICE = "alice@example.org";

/** Many commands on one connection. */
describe("hermes shell", () => {
  const site = useSite("embedded");
  let terminal: Terminal;
  beforeEach(async () => {
    await site().ok("user/add_local", { user: ALICE, displayname: "Alice", email: "a@mail.test" });
    terminal = await openTerminal(["shell"], { env: site().env, columns: 100 });
    await terminal.shows(/^hermes>/m);
  });

  const line = async (text: string) => {
    await terminal.type(text);
    await terminal.press("Enter");
  };
  const historyFile = () => join(site().env.XDG_STATE_HOME as string, "hermes", "history");

  it("runs commands, with hermes before them or not, until exit", async () => {
    await line("user list");
    await terminal.shows(/alice@example\.org +Alice/);
    await line("hermes alias add 4224@example.org alice@example.org");
    await terminal.shows(/Added alias 4224@example\.org, which leads to alice/);
    await line("exit");
    expect(await terminal.ended()).toBe(0);
  });

  it("is left by Ctrl-D", async () => {
    await terminal.press("C-d");
    expect(await terminal.ended()).toBe(0);
  });

  it("goes on after an error, whatever it was", async () => {
    await line("user get nobody@example.org");
    await terminal.shows(/\[failed\/nonexistant\]/);
    await line("user 'list");
    await terminal.shows(/A ' in the command has no end/);
    await line("usr list");
    await terminal.shows(/Did you mean: hermes user list/);
    await line("shell");
    await terminal.shows(/You are in it already/);
    await line("user list");
    await terminal.shows(/alice@example\.org +Alice/);
  });

  it("asks what any command asks, and Ctrl-C there ends that line only", async () => {
    await line("user remove alice@example.org");
    await terminal.shows(/\(y\/N\)/);
    await terminal.press("C-c");
    await line("user list");
    await terminal.shows(/alice@example\.org +Alice/);
    await line("user remove alice@example.org");
    await terminal.shows(/\(y\/N\)[^)]*\(y\/N\)/s);
    await terminal.type("y");
    await terminal.press("Enter");
    await terminal.shows(/Removed alice@example\.org\./);
    await line("quit");
    expect(await terminal.ended()).toBe(0);
  });

  it("ends a command at Ctrl-C and goes on; nothing of it is done", async () => {
    await line("numbers add-range +4710000000 +4719999999 --yes");
    await terminal.shows(/\d%/);
    await terminal.press("C-c");
    await terminal.shows(/hermes: interrupted[^\n]*\n+hermes>/);
    expect(await terminal.modes()).toEqual({ cursor: true, wrap: true });
    expect(await site().sql("SELECT number FROM {numbers} LIMIT 1")).toEqual([]);
    await line("user list");
    await terminal.shows(/alice@example\.org +Alice/);
    await terminal.press("Up");
    await terminal.press("Up");
    await terminal.shows(/hermes> numbers add-range/);
    await terminal.press("C-c");
    await line("exit");
    expect(await terminal.ended()).toBe(0);
  });

  it("ends a command that waits for its input at Ctrl-C and goes on", async () => {
    await line("alias import --format csv");
    await terminal.press("C-c");
    await terminal.shows(/alias import.*hermes>/s);
    await line("user list");
    await terminal.shows(/alice@example\.org +Alice/);
  });

  it("leaves nothing behind where it is killed", async () => {
    const kept = await terminal.programs();
    expect(kept).toHaveLength(2);
    process.kill(Math.min(...kept), "SIGTERM");
    await terminal.shows(/ended with 143/);
    expect(await terminal.programs()).toEqual([]);
  });

  it("forgets what is typed at Ctrl-C", async () => {
    await terminal.type("user remove alice@example.org");
    await terminal.press("C-c");
    await line("user list");
    await terminal.shows(/alice@example\.org +Alice/);
  });

  it("completes commands, and what there is", async () => {
    await terminal.type("user enab");
    await terminal.press("Tab");
    await terminal.shows(/hermes> user enable/);
    await terminal.type(" al");
    await terminal.press("Tab");
    await terminal.shows(/hermes> user enable alice@example\.org/);
  });

  it("knows what was typed before, but for secrets", async () => {
    await line("permission get alice@example.org");
    await terminal.shows(/permission +7/);
    await line("user change-pw alice@example.org --password a-very-hidden-word");
    await terminal.shows(/Changed the password/);
    await line("user change-pw alice@example.org --passwrd another-hidden-word");
    await terminal.shows(/Did you mean --password/);
    await line("call user/change_pw user=alice@example.org password=third-hidden-word");
    await terminal.shows(/Changed the password.*Changed the password/s);
    await terminal.press("C-d");
    expect(await terminal.ended()).toBe(0);
    expect(await readFile(historyFile(), "utf8")).toMatch(/^permission get alice@example\.org\n/);
    expect(await readFile(historyFile(), "utf8")).not.toContain("hidden-word");
    expect((await stat(historyFile())).mode & 0o777).toBe(0o600);
    terminal = await openTerminal(["shell"], { env: site().env });
    await terminal.shows(/^hermes>/m);
    await terminal.press("Up");
    await terminal.shows(/hermes> permission get alice@example\.org/);
  });

  it("is for people", async () => {
    const { status, stderr } = await runHermes(["shell"], {
      env: site().env,
      stdin: "user list\n",
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining("hermes batch")]);
  });
});
