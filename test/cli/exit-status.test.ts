import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failed, invalid, refused } from "../support/answers";
import { runHermes, runJson } from "../support/hermes-process";
import { temporaryHome } from "../support/temporary-home";

const ALICE = "alice@example.org";

/** The contract's section 2, on the built binary. */
describe("what a script sees", () => {
  let home: Awaited<ReturnType<typeof temporaryHome>>;
  const run = (...args: string[]) => runHermes(args, { env: home.env });
  const json = (...args: string[]) => runJson(args, { env: home.env });

  beforeAll(async () => {
    home = await temporaryHome();
    await run("init", "--embedded", "--domain", "example.org");
    await run("user", "add-local", ALICE, "--displayname", "Alice", "--email", "a@mail.test");
  });
  afterAll(() => home.remove());

  it("0 and the answer on stdout for success", async () => {
    expect(await json("user", "get", ALICE)).toMatchObject({
      status: 0,
      envelope: { response: "ok", user: { username: "alice", r_port: 5060 } },
      stderr: "",
    });
    const { status, stdout, stderr } = await run("user", "get", ALICE);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/alice/);
  });

  it("1 and one line on stderr for what the data refuse", async () => {
    expect(await json("user", "get", "bob@example.org")).toEqual({
      status: 1,
      envelope: failed("nonexistant", "bob@example.org"),
      stderr: "",
    });
    expect(await run("user", "get", "bob@example.org")).toEqual({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(
        /^hermes: [^\n]*bob@example\.org[^\n]* \[failed\/nonexistant\]\n$/,
      ),
    });
  });

  it.each([
    [["user", "get"], "parameters", /user/],
    [["user", "get", ""], "parameters", /user/],
    [["user", "get", ALICE, "extra"], "parameters", /extra/],
    [["user", "get", ALICE, "--usr", "x"], "parameters", /--usr.*--user/],
    [["user", "add-local", ALICE, "--displayname"], "parameters", /displayname/],
    [["user", "gett", ALICE], "node", /[Dd]id you mean.*user get/],
    [["user", "ad_local", ALICE], "node", /[Dd]id you mean.*user add-local/],
    [["usr", "get", ALICE], "node", /[Dd]id you mean.*user/],
    [["nonsense"], "node", /nonsense/],
    [["--config", "/etc/hosts", "user", "gett"], "node", /[Dd]id you mean.*user get/],
    [[], "node", /--help/],
    [["numbers", "add-range", "+4710000000", "+4719999999"], "confirmation", /10,000,000.*--yes/],
  ])("2 for a request that is wrong: %j", async (args, cause, detail) => {
    const { status, envelope } = await json(...args);
    expect({ status, envelope }).toEqual({ status: 2, envelope: invalid(cause, detail) });
    // A line without a command shows people what there is.
    if (args.length === 0) return;
    const people = await run(...args);
    expect(people.status).toBe(2);
    expect(people.stdout).toBe("");
    expect(people.stderr).toMatch(detail);
    expect(people.stderr).toMatch(new RegExp(`^hermes: [^\\n]* \\[invalid/${cause}\\]\\n$`));
  });

  it("3 for a configuration that is wrong", async () => {
    const file = join(home.folder, "wrong.toml");
    for (const [text, detail] of [
      ["[kamailio\n", /wrong\.toml/],
      ['[kamailio]\nulr = "x"', /kamailio\.ulr.*url/],
      ['[kamailo]\nurl = "x"', /kamailo.*kamailio/],
      ['[kamailio]\nurl = "postgres://me:hush@host/x"', /database URL/],
      ["[kamailio]\nurl = 1", /string/],
      ["[defaults]\npermission = 256", /permission.*255/],
      ['[auth]\nmode = "none"', /auth\.mode/],
    ] as const) {
      writeFileSync(file, text);
      const { status, envelope } = await json("--config", file, "user", "list");
      expect([status, envelope]).toEqual([3, refused("error", "config", detail)]);
      expect(envelope.detail).not.toContain("hush");
    }
    expect(await json("user", "list", "--config", "/nonexistent.toml")).toMatchObject({
      status: 3,
      envelope: refused("error", "config", "/nonexistent.toml"),
    });
  });

  it("3 for a file that is no database, or can't be made", async () => {
    const file = join(home.folder, "no.db");
    writeFileSync(file, "This is a text of more than a hundred bytes.\n".repeat(100));
    for (const [url, args] of [
      [`sqlite://${file}`, ["user", "list"]],
      [`sqlite://${file}/inside/a/file.db`, ["db", "migrate"]],
    ] as const) {
      const { status, envelope } = await runJson(args, {
        env: { ...home.env, HERMES_KAMAILIO_URL: url },
      });
      expect([status, envelope]).toEqual([3, refused("error", "dbfail")]);
    }
  });

  it("0 and a person's text for help and version", async () => {
    const { status, stdout, stderr } = await run("--help");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Usage: hermes/);
    expect((await run()).stdout).toBe(stdout);
    expect(await run("user")).toEqual(await run("help", "user"));
    expect((await json("user")).envelope).toEqual(invalid("node", /needs a command.*user get/));
    expect((await run("-v")).stdout).toBe((await run("--version")).stdout);
    expect((await run("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("progress, notes and warnings on stderr only, and none with --quiet", async () => {
    const write = ["init", "--embedded", "--domain", "example.org"];
    const other = await temporaryHome();
    try {
      const first = await runHermes([...write, "--json"], { env: other.env });
      expect(JSON.parse(first.stdout)).toMatchObject({ domains: ["example.org"] });
      expect(first.stderr).toMatch(/hermes\.db/);
      const again = await runHermes([...write, "--json"], { env: other.env });
      expect(again.stderr).toBe("");
    } finally {
      await other.remove();
    }
    const quiet = await temporaryHome();
    try {
      const first = await runHermes([...write, "--quiet"], { env: quiet.env });
      expect(first.stderr).toBe("");
    } finally {
      await quiet.remove();
    }
  });
});
