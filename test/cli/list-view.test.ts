import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHermes, runJson } from "../support/hermes-process";
import { type Site, startSite } from "../support/site";
import { openTerminal } from "../support/terminal";

/** How a list is shown: its form, columns, order, and what is longer than the screen. */
describe("a list", () => {
  let site: Site;
  const run = (...args: string[]) => runHermes(args, { env: site.env });

  beforeAll(async () => {
    site = await startSite("embedded");
    await site.reset();
    for (const [name, displayname] of [
      ["alice", "Zoe"],
      ["bob", "Adam"],
      ["carol", "\x9b2JMia"],
    ] as const) {
      await site.ok("user/add_local", {
        ...{ user: `${name}@example.org`, displayname, email: "a@mail.test" },
      });
    }
    await site.ok("numbers/add_range", { start: "+4712345000", end: "+4712345099" });
  });
  afterAll(() => site.stop());

  const open = (
    args: string[],
    options: { env?: Record<string, string>; columns?: number } = {},
  ) => {
    const { env = {}, columns } = options;
    return openTerminal(args, {
      env: { ...site.env, ...env },
      rows: 24,
      ...(columns === undefined ? {} : { columns }),
    });
  };

  it("has -o, like every list and export", async () => {
    expect((await run("user", "list", "-o", "csv")).stdout.split("\n")[0]).toBe("user,displayname");
    expect((await run("numbers", "list", "-o", "csv", "--limit", "1")).stdout).toBe(
      "number\n+4712345000\n",
    );
    const { stdout } = await run("numbers", "export", "-o", "json", "--search", "*000");
    expect(JSON.parse(stdout)).toEqual({ response: "ok", list: [{ number: "+4712345000" }] });
    expect((await run("user", "export", "-o", "table")).stdout).toMatch(/password +\*{8}/);
  });

  it("has only the columns that are asked for, in that order", async () => {
    const { stdout } = await run("user", "list", "--columns", "displayname,user", "--limit", "2");
    expect(stdout).toBe("Zoe\talice@example.org\nAdam\tbob@example.org\n");
    const { envelope } = await runJson(["user", "list", "--columns", "user", "--limit", "1"], site);
    expect(envelope.list).toEqual([{ user: "alice@example.org" }]);
  });

  it("is sorted by columns, and the other way round", async () => {
    const names = async (by: string) =>
      (await run("user", "list", "--sort", by, "--columns", "user")).stdout.replaceAll(
        "@example.org\n",
        " ",
      );
    expect(await names("displayname")).toBe("bob alice carol ");
    expect(await names("-user")).toBe("carol bob alice ");
  });

  it("names its columns where there is none of that name", async () => {
    const { status, envelope } = await runJson(["user", "list", "--sort", "usr"], site);
    expect([status, envelope.cause]).toEqual([2, "parameters"]);
    expect(envelope.detail).toContain('There is no column "usr". Did you mean user?');
  });

  it("goes to a pager where it is longer than the screen", async () => {
    const { shows, press, ended, screen } = await open(["numbers", "list"]);
    await shows(/^:/m);
    expect(await screen()).toContain("+47 12345000");
    expect(await screen()).not.toContain("+47 12345099");
    await press("q");
    expect(await ended()).toBe(0);
  });

  it("goes to the pager that is wanted", async () => {
    const { shows } = await open(["numbers", "list"], {
      env: { PAGER: "tail -n 1 | sed 's/^/paged: /'" },
    });
    await shows(/paged: \+47 12345099\nended with 0/);
  });

  it.each([
    [["user", "list"], {}],
    [["numbers", "list", "--no-pager"], {}],
    [["numbers", "list"], { PAGER: "" }],
    [["numbers", "list", "--json"], {}],
  ])("goes to none: %j with %j", async (args, env) => {
    const { shows } = await open(args, { env: { PAGER: "sed 's/^/paged: /'", ...env } });
    expect(await shows(/ended with 0/)).not.toContain("paged: ");
  });

  it("takes a number as it is shown", async () => {
    const { stdout } = await run("numbers", "inpool", "+47", "12", "34", "50", "02");
    expect(stdout).toContain("+4712345002");
    const list = await run(
      "numbers",
      "add-range",
      "+47",
      "21234567",
      "+47",
      "21234568",
      "--dry-run",
    );
    expect(list.stdout).toContain("Would add 2 numbers of 2");
  });

  it("draws with ASCII where the locale has nothing else", async () => {
    const { stdout } = await runHermes(["user", "list", "-o", "table"], {
      env: { ...site.env, LC_ALL: "C" },
    });
    expect(stdout).toMatch(/^-+ {2}-+$/m);
    // What is stored is shown as it is, but for what moves a cursor.
    expect(stdout).not.toContain("─");
  });

  it.each([["-o", "csv"], ["-o", "ndjson"], ["--json"], ["-o", "table"]])(
    "lets no control character of a stored value reach a terminal: %s %s",
    async (...flags) => {
      const { shows, screen } = await open(["user", "list", ...flags], { columns: 120 });
      await shows(/ended with 0/);
      expect(await screen()).toMatch(/\\(x9b|u009b)2JMia/);
      expect(await screen()).toContain("alice");
    },
  );

  it.each([40, 80, 120])("fits %d columns", async (columns) => {
    const { shows } = await open(["user", "list"], { columns });
    const screen = await shows(/ended with 0/);
    for (const line of screen.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
    expect(screen).toContain("alice@example.org");
  });
});
