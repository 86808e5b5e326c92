import { beforeEach, describe, expect, it } from "vitest";
import { runHermes } from "../support/hermes-process";
import { useSite } from "../support/site";
import { openTerminal } from "../support/terminal";

const ALICE = "alice@example.org";
const BOB = "bob@example.org";
const NUMBER = "+4712345000";

/** Where on a terminal something is about to go, it is named, and asked for. */
describe("a removal", () => {
  const site = useSite("embedded");
  beforeEach(async () => {
    await site().ok("user/add_local", { user: BOB, displayname: "Bob", email: "b@mail.test" });
    for (const mac of ["f00ba2ba5c00", "f00ba2ba5c01"]) {
      await site().ok("phone/add", { user: BOB, mac });
    }
    await site().ok("numbers/add_range", { start: NUMBER, end: "+4712345677" });
    await site().ok("numbers/assign", { number: NUMBER, user: BOB });
  });

  const open = (...args: string[]) => openTerminal(args, { env: site().env, columns: 120 });
  const run = (...args: string[]) => runHermes(args, { env: site().env });

  it("says exactly what will go, and does it after a yes", async () => {
    const { shows, type, press, ended } = await open("user", "remove", BOB, "--cascade");
    const asked = await shows(/\(y\/N\)/);
    expect(asked).toContain(`Remove ${BOB}, its 2 phones and +47 12345000? (y/N)`);
    expect(await site().call("user/get", { user: BOB })).toMatchObject({ response: "ok" });
    await type("y");
    await press("Enter");
    expect(await ended()).toBe(0);
    await shows(/Removed bob@example.org, its 2 phones and \+47 12345000\./);
    expect(await site().call("user/get", { user: BOB })).toMatchObject({ cause: "nonexistant" });
  });

  it("does nothing after a no, which Enter is, and ends with 1", async () => {
    const before = await site().snapshot();
    const { shows, press, ended } = await open("user", "remove", BOB, "--cascade");
    await shows(/\(y\/N\)/);
    await press("Enter");
    expect(await ended()).toBe(1);
    await shows(/hermes: Nothing was done\. \[failed\/declined\]/);
    expect(await site().snapshot()).toBe(before);
  });

  it("asks nothing where it would be refused", async () => {
    const { shows, ended, screen } = await open("user", "remove", BOB);
    expect(await ended()).toBe(1);
    await shows(/is in use by/);
    expect(await screen()).not.toContain("y/N");
  });

  it.each([
    ["numbers", "remove-range", NUMBER, "+4712345677"],
    ["phone", "remove", BOB, "f00ba2ba5c00"],
    ["alias", "remove", `${NUMBER}@example.org`],
    ["numbers", "release", NUMBER],
    ["numbers", "remove", "+4712345001"],
    ["call", "numbers/remove", "number=+4712345001"],
  ])("asks at a terminal, and nowhere else: %s %s", async (...args) => {
    const before = await site().snapshot();
    const { shows, press, ended } = await open(...args);
    await shows(/\(y\/N\)/);
    await press("Enter");
    expect(await ended()).toBe(1);
    expect(await site().snapshot()).toBe(before);
    expect(await run(...args)).toMatchObject({ status: 0, stderr: "" });
    expect(await site().snapshot()).not.toBe(before);
  });

  it("counts numbers", async () => {
    const { shows } = await open("numbers", "remove-range", NUMBER, "+4712345677");
    await shows(/Remove 677 numbers from the pool; 1 in use stays so\? \(y\/N\)/);
  });

  it("counts apart those that are reserved or rest, and those that stay", async () => {
    const range = ["+4712345000", "+4712345009"] as const;
    for (const number of ["+4712345001", "+4712345002"]) {
      await site().ok("numbers/reserve", { number });
    }
    await site().ok("user/add_local", { user: ALICE, displayname: "Alice", email: "a@mail.test" });
    await site().ok("numbers/assign", { number: "+4712345003", user: ALICE });
    await site().ok("numbers/release", { number: "+4712345003", quarantine: "30d" });
    await site().ok("numbers/assign", { number: "+4712345004", user: ALICE });
    const what = "8 numbers from the pool, 2 reserved and 1 resting among them; 2 in use stay so";
    const { shows, type, press, ended } = await open("numbers", "remove-range", ...range);
    expect(await shows(/\(y\/N\)/)).toContain(`Remove ${what}? (y/N)`);
    await type("y");
    await press("Enter");
    expect(await ended()).toBe(0);
    await shows(new RegExp(`Removed ${what}\\.`));
    expect(await site().call("numbers/list", { search: "+471234500*" })).toMatchObject({
      cause: "empty",
    });
    const show = (number: string) => site().ok("numbers/show", { number });
    expect(await show(NUMBER)).toMatchObject({ state: "assigned", destination: BOB });
    expect(await show("+4712345001")).toMatchObject({ state: "unknown" });
  });

  it.each([["--yes"], ["--no-input"], ["--dry-run"]])("asks nothing with %s", async (flag) => {
    const { ended, screen } = await open("user", "remove", BOB, "--cascade", flag);
    expect(await ended()).toBe(0);
    expect(await screen()).not.toContain("y/N");
  });

  it("asks before an undo, and says what is taken back", async () => {
    const list = await run("audit", "list", "--limit", "1", "--json");
    const [{ id }] = JSON.parse(list.stdout).list;
    const { shows, type, press, ended } = await open("undo", id);
    await shows(
      /Take back what numbers\/assign \+4712345000 bob@example.org did \(\d+ changes\)\?/,
    );
    await type("y");
    await press("Enter");
    expect(await ended()).toBe(0);
    expect(await site().call("numbers/inpool", { number: NUMBER })).toMatchObject({
      response: "ok",
    });
  });
});
