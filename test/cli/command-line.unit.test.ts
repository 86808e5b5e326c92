import { describe, expect, it } from "vitest";
import { readCommandLine } from "../../src/cli/command-line";
import { grammar } from "../../src/cli/commands";
import { invalid } from "../support/answers";

const ALICE = "alice@example.org";

const read = (...argv: string[]) => readCommandLine(grammar, argv);

/** What a line asks for, in few words. */
async function asked(...argv: string[]) {
  const { asks } = await read(...argv);
  if ("kind" in asks && asks.kind === "command") {
    const { command, given, words } = asks;
    return { command: command.name, given, words };
  }
  return "kind" in asks
    ? asks
    : { response: asks.response, cause: asks.reason, detail: asks.detail };
}

describe("a command line", () => {
  it("is a command, what it is given by flag, and words", async () => {
    expect(await asked("user", "add-local", ALICE, "--displayname", "Alice")).toEqual({
      command: "user/add_local",
      given: { displayname: "Alice" },
      words: [ALICE],
    });
  });

  it.each([
    [["--r-port", "5061"], { r_port: "5061" }],
    [["--r_port=5061"], { r_port: "5061" }],
    [["--registrar", "a", "--registrar", "b"], { registrar: "b" }],
    [["--prov-url=--json"], { prov_url: "--json" }],
    [["--dry-run"], { dry_run: true }],
  ])("gives %j as %j", async (flags, given) => {
    expect(await asked("domain", "set_servers", ...flags)).toMatchObject({ given });
  });

  it("collects a flag that may stand several times", async () => {
    for (const flags of [
      ["--domain", "a.test", "--domain", "b.test"],
      ["--domain", "a.test", "b.test"],
    ]) {
      expect(await asked("init", ...flags)).toMatchObject({
        given: { domain: ["a.test", "b.test"] },
      });
    }
  });

  it("has global flags before, between and behind its words", async () => {
    for (const argv of [
      ["--json", "-q", "user", "get", ALICE],
      ["user", "--json", "get", "-q", ALICE],
      ["user", "get", ALICE, "-q", "--json"],
    ]) {
      const { flags, asks } = await read(...argv);
      expect(flags).toMatchObject({ json: true, quiet: true, no_input: false });
      expect(asks).toMatchObject({ given: {}, words: [ALICE] });
    }
  });

  it("has words behind -- that look like flags", async () => {
    expect(await asked("user", "get", "--", "--json")).toMatchObject({ words: ["--json"] });
    expect(await asked("user", "get", "--domain", "a.test", "--", "-v")).toMatchObject({
      given: { domain: "a.test" },
      words: ["-v"],
    });
  });

  it("is a call by either name", async () => {
    const call = { command: "call", words: ["user/list"] };
    expect(await asked("call", "user/list")).toMatchObject(call);
    expect(await asked("api", "user/list")).toMatchObject(call);
  });

  it("gives a command its own parameter, where every command has a flag of that name", async () => {
    const login = await read("--api-key", "hk_1", "auth", "login");
    expect(login.asks).toMatchObject({ given: { api_key: "hk_1" } });
    expect(login.flags.api_key).toBeUndefined();
    const list = await read("user", "list", "--api_key", "hk_1");
    expect(list.asks).toMatchObject({ given: {} });
    expect(list.flags.api_key).toBe("hk_1");
  });

  it.each([
    [[], { kind: "help", about: [] }],
    [["--help"], { kind: "help", about: [] }],
    [["user"], { kind: "help", about: ["user"] }],
    [["user", "get", ALICE, "-h"], { kind: "help", about: ["user", "get", ALICE] }],
    [["-v"], { kind: "version" }],
    [["-V"], { kind: "version" }],
    [["user", "--version"], { kind: "version" }],
    [["help", "user", "get"], { command: "help", words: ["user", "get"] }],
    [["user", "list", "-v"], { command: "user/list", words: [] }],
  ])("%j", async (argv, expected) => {
    expect(await asked(...argv)).toMatchObject(expected);
  });

  it.each([
    [["user", "get", "--usr", "x"], "parameters", "Unknown flag --usr. Did you mean --user?"],
    [
      ["user", "get", "--pasword=hush"],
      "parameters",
      "Unknown flag --pasword. See: hermes user get --help",
    ],
    [["user", "list", "--json=1"], "parameters", "--json takes no value."],
    [
      ["user", "list", "--serch", "x"],
      "parameters",
      "Unknown flag --serch. Did you mean --search?",
    ],
    [["user", "--list"], "node", "hermes user needs a command. Did you mean: hermes user list?"],
    [["user", "list", "-qx"], "parameters", "Unknown flag -x. See: hermes user list --help"],
    [["--jsn", "user", "list"], "parameters", "Unknown flag --jsn. Did you mean --json?"],
    [["user", "list", "--search"], "parameters", "--search needs a value: --search PATTERN."],
    [["user", "list", "--config"], "parameters", "--config needs a value: --config FILE."],
    [["user", "list", "--config", ""], "parameters", /^config is empty/],
    [["--json"], "node", "No command is given. See: hermes --help"],
    [
      ["--json", "config"],
      "node",
      "hermes config needs a command: config show, config path, config set, config unset.",
    ],
    [["config", "--search", "x", "show"], "node", /^hermes config needs a command/],
  ])("%j is refused", async (argv, cause, detail) => {
    expect(await asked(...argv)).toEqual(
      invalid(cause, typeof detail === "string" ? new RegExp(`^${escaped(detail)}$`) : detail),
    );
  });

  it("says how to answer even where it is wrong", async () => {
    for (const argv of [
      ["--json", "user", "list", "--config"],
      ["--json", "user", "gett"],
      ["user", "list", "--config", "", "--json"],
      ["user", "list", "--bogus", "--json"],
    ]) {
      expect((await read(...argv)).flags).toMatchObject({ json: true, yes: false });
    }
  });
});

const escaped = (text: string) => text.replace(/[.?]/g, "\\$&");
