import { describe, expect, it } from "vitest";
import { grammar } from "../../src/cli/commands";
import { unknownCommand } from "../../src/cli/unknown";

/** Typing slips, and the words of kamctl, kamcli, gh and the shell. */
describe("a command that there is not", () => {
  it.each([
    ["usr get", "user get"],
    ["usr gett", "user get"],
    ["usr", "user"],
    ["user gett", "user get"],
    ["user ad_local", "user add-local"],
    ["user rm", "user remove"],
    ["user delete", "user remove"],
    ["user ls", "user list"],
    ["user add", "user add-local"],
    ["user passwd", "user change-pw"],
    ["user view", "user show"],
    ["auth rm", "auth remove-user"],
    ["auth passwd", "auth change-password"],
    ["domain show", "domain list"],
    ["alias new", "alias add"],
    ["accounts ls", "user list"],
    ["did add", "numbers add"],
    ["rm", "user remove"],
    ["passwd alice", "user change-pw"],
    ["list users", "user list"],
    ["add alias", "alias add"],
    ["login", "auth login"],
    ["migrate", "db migrate"],
    ["user/add_local", "user add-local"],
    ["user add-range", "numbers add-range"],
    ["user addd", "user add-local"],
    ["usr addd", "user add-local"],
    ["numers list", "numbers list"],
    ["auth lgin", "auth login"],
    ["outptu", "help output"],
    ["exit-codes", "help exit-codes"],
    ["docter", "doctor"],
    ["docter --fix", "doctor"],
  ])("hermes %s: did you mean hermes %s?", (typed, meant) => {
    const { response, reason, detail } = unknownCommand(grammar, typed.split(" "));
    expect([response, reason]).toEqual(["invalid", "node"]);
    expect(detail).toContain(`Did you mean: hermes ${meant}?`);
  });

  it.each([
    ["nonsense", "There is no command hermes nonsense. See: hermes --help"],
    ["user nonsense", "There is no command hermes user nonsense. See: hermes user --help"],
    ["constructor", "There is no command hermes constructor. See: hermes --help"],
    ["user __proto__", "There is no command hermes user __proto__. See: hermes user --help"],
  ])("hermes %s is like nothing", (typed, detail) => {
    expect(unknownCommand(grammar, typed.split(" ")).detail).toBe(detail);
  });
});
