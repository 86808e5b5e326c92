import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { restrictedCall } from "../../src/restricted/caller";
import { shellWords } from "../../src/restricted/shell-words";
import { invalid } from "../support/answers";

const seen = (call: ReturnType<typeof restrictedCall>) =>
  call instanceof Error
    ? { response: call.response, cause: call.reason, detail: call.detail }
    : call;

describe("who has called hermes restricted, and what for", () => {
  const ssh = { SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22" };

  it.each([
    ["sudo", { SUDO_UID: "1001" }, ["user", "list"], "uid-1001", ["user", "list"]],
    ["a shell", {}, ["user", "list"], "uid-7", ["user", "list"]],
    [
      "a key",
      { ...ssh, SSH_ORIGINAL_COMMAND: "user get 'a b'" },
      ["alice"],
      "key-alice",
      ["user", "get", "a b"],
    ],
    [
      "a key that says hermes",
      { ...ssh, SSH_ORIGINAL_COMMAND: "hermes user list" },
      ["a.b-c_d"],
      "key-a.b-c_d",
      ["user", "list"],
    ],
    [
      "a key whose owner has sent SUDO_UID: never somebody else's session for its words",
      { ...ssh, SSH_ORIGINAL_COMMAND: "user list", SUDO_UID: "1001" },
      ["alice"],
      "uid-1001",
      ["alice"],
    ],
    [
      "sudo by somebody who has set ssh's variables",
      { SUDO_UID: "1001", SSH_ORIGINAL_COMMAND: "auth ping", SSH_CONNECTION: "" },
      ["user", "list"],
      "uid-1001",
      ["user", "list"],
    ],
  ])("%s", (_, env, words, caller, asked) => {
    expect(seen(restrictedCall(env, words, 7))).toEqual({ caller, words: asked });
  });

  it.each([
    ["a key without a name", { ...ssh, SSH_ORIGINAL_COMMAND: "user list" }, []],
    ["a name that is a path", { ...ssh, SSH_ORIGINAL_COMMAND: "user list" }, ["../alice"]],
    ["a name that is hidden", { ...ssh, SSH_ORIGINAL_COMMAND: "user list" }, [".alice"]],
    ["two names", { ...ssh, SSH_ORIGINAL_COMMAND: "user list" }, ["alice", "bob"]],
    ["a key without a command", ssh, ["alice"]],
    ["a command for a shell", { ...ssh, SSH_ORIGINAL_COMMAND: "user list; id" }, ["alice"]],
    ["a user id that is none", { SUDO_UID: "../1" }, ["user", "list"]],
  ])("%s is refused", (_, env, words) => {
    expect(seen(restrictedCall(env, words, 7))).toEqual(invalid("parameters"));
  });
});

describe("the words of a command that ssh hands over", () => {
  it.each([
    ["user  list\t--json\n", ["user", "list", "--json"]],
    [`add 'a b' "c 'd'" e\\ f`, ["add", "a b", "c 'd'", "e f"]],
    [`x"y"'z'`, ["xyz"]],
    [`"a\\"b\\\\c\\d"`, ['a"b\\c\\d']],
    [`''`, [""]],
    ["", []],
    ["+47*? ~ # {a,b} [1] !", ["+47*?", "~", "#", "{a,b}", "[1]", "!"]],
  ])("%j", (line, words) => {
    expect(shellWords(line)).toEqual(words);
  });

  it.each([
    "a; b",
    "a | b",
    "a & b",
    "a > b",
    "a < b",
    "$(a)",
    "$HOME",
    "`a`",
    "a 'b",
    'a "b',
    "a\\",
  ])("%j is refused", (line) => {
    expect(shellWords(line)).toBeInstanceOf(Error);
  });

  it("are what was quoted, whatever it is", () => {
    const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(shellWords(words.map(quoted).join(" "))).toEqual(words);
      }),
    );
  });
});
