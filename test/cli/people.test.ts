import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bareEnvironment, hermesBin, runHermes } from "../support/hermes-process";
import { type Site, startSite } from "../support/site";

const ALICE = "alice@example.org";

/** What a person gets to see on stdout and stderr. */
describe("people's output", () => {
  let site: Site;
  let password: string;
  const run = (...args: string[]) => runHermes(args, { env: site.env });

  beforeAll(async () => {
    site = await startSite("embedded");
    await site.reset();
  });
  afterAll(() => site.stop());

  it("shows a password that this call has made", async () => {
    const added = await run(
      "user",
      "add-local",
      ALICE,
      "--displayname",
      "A",
      "--email",
      "a@b.test",
    );
    const [row] = await site.sql("SELECT password, ha1 FROM {subscriber}");
    password = row?.password as string;
    expect(added.stdout).toContain(password);
    expect(added.stdout).not.toContain(row?.ha1);
    const changed = await run("user", "change-pw", ALICE, "--generate");
    password = (await site.sql("SELECT password FROM {subscriber}"))[0]?.password as string;
    expect(changed.stdout).toContain(password);
  });

  it("masks secrets, unless --show-secrets", async () => {
    const [row] = await site.sql("SELECT ha1, ha1b FROM {subscriber}");
    const masked = await run("user", "get", ALICE);
    for (const secret of [password, row?.ha1, row?.ha1b]) {
      expect(masked.stdout).not.toContain(secret);
    }
    const shown = await run("user", "get", ALICE, "--show-secrets");
    for (const secret of [password, row?.ha1, row?.ha1b]) expect(shown.stdout).toContain(secret);
  });

  it("shows them in JSON", async () => {
    const { stdout } = await run("user", "get", ALICE, "--json");
    expect(JSON.parse(stdout).user.password).toBe(password);
  });

  it("does not show a password that was given", async () => {
    const { stdout, stderr } = await run(
      ...["user", "add-remote", "bob@provider.test", "--password", "hush-hush"],
      ...["--displayname", "Bob", "--registrar", "provider.test"],
    );
    expect(stdout).toContain("provider.test");
    expect(stdout + stderr).not.toContain("hush-hush");
  });

  it("prints the plain password and a newline for user gen-pw, with and without --json", async () => {
    for (const args of [[], ["--json"]]) {
      const { status, stdout, stderr } = await run("user", "gen-pw", ...args);
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/^[A-Za-z2-9]{24}\n$/);
    }
  });

  it("says what a write did in a sentence, and of a trial what it would do", async () => {
    for (const [args, said] of [
      ["numbers add +4721000001", "Added +4721000001 to the pool.\n"],
      ["numbers add +4721000002 --dry-run", "Would add +4721000002 to the pool.\n"],
      [
        `user forward ${ALICE} --to +4721000001`,
        `Set the forwarding of ${ALICE}: all calls to +4721000001.\n`,
      ],
      [
        `user forward ${ALICE} --when busy --to bob@example.org`,
        `Set the forwarding of ${ALICE}: all calls to +4721000001 and busy ones to bob@example.org.\n`,
      ],
      [
        `user forward ${ALICE} --off --dry-run`,
        `Would set the forwarding of ${ALICE}: busy ones to bob@example.org.\n`,
      ],
      [
        `user change-pw ${ALICE} --password ${"x".repeat(9)} --dry-run`,
        /^Would change the password of \S+\.\n$/,
      ],
      ["user seen", "Noted 0 registered accounts.\n"],
    ] as const) {
      const { status, stdout } = await run(...args.split(" "));
      expect([args, status, stdout]).toEqual([
        args,
        0,
        typeof said === "string" ? said : expect.stringMatching(said),
      ]);
    }
    await run("numbers", "remove", "+4721000001");
  });

  it("shows what a command that may write has only looked at", async () => {
    const { stdout } = await run("user", "forward", ALICE);
    expect(stdout).toMatch(/^user +alice@example\.org\nforward +\+4721000001\nbusy +bob/);
  });

  it("is plain in a pipe", async () => {
    for (const args of [
      ["user", "get", ALICE],
      ["user", "list"],
      ["user", "get", "x@y.test"],
    ]) {
      const { stdout, stderr } = await run(...args);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
      expect(stdout + stderr).not.toMatch(/\x1b/);
    }
  });

  it("ends silently where the reader of a pipe has gone", async () => {
    await site.ok("numbers/add_range", { start: "+4712300000", end: "+4712399999" });
    for (const args of [
      ["numbers", "list"],
      ["numbers", "list", "--json"],
    ]) {
      const child = spawn(process.execPath, [hermesBin, ...args], {
        env: bareEnvironment(site.env),
        stdio: ["ignore", "pipe", "pipe"],
      });
      child.stdout.once("data", () => child.stdout.destroy());
      const [stderr] = await Promise.all([text(child.stderr), once(child, "exit")]);
      expect(stderr).toBe("");
    }
  });

  it("lists a pool of any length as one JSON object", async () => {
    const { stdout } = await run("numbers", "list", "--json");
    const { response, list } = JSON.parse(stdout);
    expect([response, list.length, list[0], list.at(-1)]).toEqual([
      "ok",
      100_000,
      "+4712300000",
      "+4712399999",
    ]);
  });
});
