import { beforeEach, describe, expect, it } from "vitest";
import { runJson } from "../support/hermes-process";
import { useSite } from "../support/site";
import { openTerminal } from "../support/terminal";

const ALICE = "alice@example.org";

/** What a command needs and was not given. */
describe("what is missing", () => {
  const site = useSite("embedded");
  beforeEach(async () => {
    await site().ok("user/add_local", { user: ALICE, displayname: "Alice", email: "a@mail.test" });
  });

  const open = (...args: string[]) => openTerminal(args, { env: site().env, columns: 120 });

  it("is named all at once where nobody can be asked", async () => {
    const { status, envelope } = await runJson(["user", "add-local"], { env: site().env });
    expect([status, envelope.detail]).toEqual([
      2,
      "user, displayname and email are missing. Example: --user alice@example.org --displayname Alice --email alice@example.org",
    ]);
  });

  it("is asked for at a terminal, checked as it is typed", async () => {
    const { shows, type, press, ended } = await open("user", "add-local", "bob@example.org");
    await shows(/displayname \(/);
    await press("Enter");
    await shows(/displayname is empty/);
    await type("Bob");
    await press("Enter");
    await shows(/email \(/);
    await type("bob");
    await press("Enter");
    await shows(/is not a mail address/);
    await type("@mail.test");
    await press("Enter");
    expect(await ended()).toBe(0);
    expect(await site().call("user/get", { user: "bob@example.org" })).toMatchObject({
      user: { displayname: "Bob", email: "bob@mail.test" },
    });
  });

  it("is no nothing: a list is not emptied by Enter alone", async () => {
    const { shows, type, press, ended } = await open("config", "set", "classes.own", "--dry-run");
    await shows(/value/);
    await press("Enter");
    await shows(/value is empty/);
    await type("+4712345*");
    await press("Enter");
    expect(await ended()).toBe(0);
  });

  it("offers what there is while an address is typed", async () => {
    const { shows, type, press, ended } = await open("user", "enable");
    await type("al");
    await shows(/❯ alice@example\.org/);
    await press("Enter");
    expect(await ended()).toBe(0);
    await shows(/Enabled alice@example\.org\./);
  });

  it("is chosen from a list of flags", async () => {
    const { shows, press, ended } = await open("permission", "set", ALICE);
    await shows(/flags \(/);
    await shows(/EMERGENCY/);
    await press("Down");
    await press("Space");
    await press("Down");
    await press("Space");
    await press("Enter");
    expect(await ended()).toBe(0);
    await shows(/Set the permission of alice@example.org to 6: EMERGENCY, INTERNAL\./);
  });

  it("types a new password twice, and is told where it is weak", async () => {
    const { shows, type, press, ended, screen } = await open("user", "change-pw", ALICE);
    await shows(/password:/);
    await type("12345678");
    await press("Enter");
    await shows(/This password is weak: it is digits alone\./);
    await shows(/password again:/);
    await type("another");
    await press("Enter");
    await shows(/That is another one/);
    for (const _ of "another") await press("BSpace");
    await type("12345678");
    await press("Enter");
    expect(await ended()).toBe(0);
    expect(await screen()).not.toContain("12345678");
    expect(await site().sql("SELECT password FROM {users}")).toEqual([{ password: "12345678" }]);
  });

  it("is not asked for where something that was given is wrong: that is said", async () => {
    const { ended, shows } = await open("permission", "set", "--flags", "NATONAL");
    expect(await ended()).toBe(2);
    await shows(/hermes: There is no flag "NATONAL"\. Did you mean NATIONAL\? \[invalid/);
  });

  it("is not asked for with --no-input", async () => {
    const { ended, shows } = await open("user", "enable", "--no-input");
    expect(await ended()).toBe(2);
    await shows(/user is missing/);
  });
});
