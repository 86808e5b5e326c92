import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Site, startSite } from "../support/site";
import { openTerminal } from "../support/terminal";

const ALICE = "alice@example.org";
const ESCAPE = "\x1b[";

/** A person at a real terminal. */
describe("on a terminal", () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite("embedded");
    await site.reset();
    await site.ok("user/add_local", {
      user: ALICE,
      displayname:
        "Alice with a name that is longer than any line of a terminal can ever be, or is it",
      email: "a@mail.test",
    });
  });
  afterAll(() => site.stop());

  const open = (args: string[], env: Record<string, string> = {}) =>
    openTerminal(args, { env: { ...site.env, ...env } });

  it("fits a table into 80 columns", async () => {
    const screen = await (await open(["user", "list"])).shows(/ended with 0/);
    expect(screen).toContain(ALICE);
    const lines = screen.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    // Nothing was broken by the terminal itself: every line of the table is one of ours.
    expect(lines.filter((line) => /^[│|]/.test(line)).every((line) => /[│|]$/.test(line))).toBe(
      true,
    );
  });

  it("uses colours, unless NO_COLOR or --no-color", async () => {
    const get = ["user", "get", "nobody@example.org"];
    const colored = await open(get);
    await colored.ended();
    expect(await colored.colors()).toContain(ESCAPE);
    const plain = await open(get, { NO_COLOR: "1" });
    await plain.ended();
    expect(await plain.colors()).not.toContain(ESCAPE);
    const flag = await open([...get, "--no-color"]);
    await flag.ended();
    expect(await flag.colors()).not.toContain(ESCAPE);
  });

  it("asks for a password without echo", async () => {
    const { shows, type, press, ended, screen } = await open(["user", "change-pw", ALICE]);
    await shows(/password/i);
    await type("typed-in-secret");
    await press("Enter");
    await shows(/password again/);
    await type("typed-in-secret");
    await press("Enter");
    expect(await ended()).toBe(0);
    expect(await screen()).not.toContain("typed-in-secret");
    expect(await site.sql("SELECT password FROM {users}")).toEqual([
      { password: "typed-in-secret" },
    ]);
  });

  it("asks nothing where the password is generated, or with --no-input", async () => {
    const generated = await open(["user", "change-pw", ALICE, "--generate"]);
    expect(await generated.ended()).toBe(0);
    const silent = await open(["user", "change-pw", ALICE, "--no-input"]);
    expect(await silent.ended()).toBe(2);
  });

  it("asks before more than a million numbers are added; no is the proposal", async () => {
    const { shows, press, ended } = await open([
      "numbers",
      "add-range",
      "+4710000000",
      "+4712000000",
    ]);
    await shows(/2,000,001/);
    await press("Enter");
    expect(await ended()).toBe(2);
    expect(await site.sql("SELECT number FROM {numbers} LIMIT 1")).toEqual([]);
  });

  it("does it after a yes", async () => {
    const { shows, type, press, ended } = await open([
      ...["numbers", "add-range", "+4711000000", "+4712000000"],
    ]);
    await shows(/1,000,001/);
    await type("y");
    await press("Enter");
    expect(await ended()).toBe(0);
    const [row] = await site.sql("SELECT COUNT(*) AS n FROM {numbers}");
    expect(row?.n).toBe(1_000_001);
    await site.sql("DELETE FROM {numbers}");
  });

  it.each([
    ["a question", ["numbers", "add-range", "+4710000000", "+4719999999"], /10,000,000/],
    ["the password", ["user", "change-pw", ALICE], /password/i],
  ])("ends with 130 by Ctrl-C at %s, and nothing is done", async (_at, args, question) => {
    const before = await site.snapshot();
    const { shows, press, ended, screen } = await open(args);
    await shows(question);
    await press("C-c");
    expect(await ended()).toBe(130);
    expect(await screen()).not.toMatch(/bug|Error|at .*\(/);
    expect(await site.snapshot()).toBe(before);
  });

  it("ends with 130 by Ctrl-C in the middle of a write, and nothing is written", async () => {
    const { press, ended, shows, modes, screen } = await open([
      ...["numbers", "add-range", "+4710000000", "+4719999999", "--yes"],
    ]);
    await shows(/\d%/);
    await press("C-c");
    expect(await ended()).toBe(130);
    expect(await modes()).toEqual({ cursor: true, wrap: true });
    expect(await screen()).toMatch(/^hermes: interrupted/m);
    expect(await site.sql("SELECT number FROM {numbers} LIMIT 1")).toEqual([]);
  });
});
