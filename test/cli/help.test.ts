import { describe, expect, it } from "vitest";
import { allCommands, grammar } from "../../src/cli/commands";
import { help } from "../../src/cli/help/help";
import { main } from "../../src/cli/main";
import { OUTPUT_FORMATS } from "../../src/cli/output/format";
import { Refusal } from "../../src/model/refusal";
import { onlyObject } from "../support/hermes-process";
import { fakeIo } from "./output/fake-io";

async function run(...argv: string[]) {
  const io = fakeIo();
  const status = await main(argv, io);
  return { status, out: io.out(), err: io.err() };
}

/** A flag's value in an example, of which no part can go to another line. */
const UNBREAKABLE = /^ {4}(--\S+ )?\S+( \\)?$/;

describe("help", () => {
  const subjects = [
    [],
    ...grammar.families.map(({ name }) => [name]),
    ...grammar.topics.map(({ name }) => [name]),
    ...allCommands().map(({ path }) => path),
  ];

  it.each([40, 80, 120])("fits %i columns, whatever it is about", (columns) => {
    for (const subject of subjects) {
      const text = help(grammar, subject, columns);
      if (text instanceof Refusal) throw text;
      const wide = text
        .split("\n")
        .filter((line) => line.length > columns && !UNBREAKABLE.test(line));
      expect([subject, wide]).toEqual([subject, []]);
    }
  });

  it("has an example that can be pasted, over several lines where it is long", () => {
    const lines = (columns: number) =>
      String(help(grammar, ["user", "add-local"], columns)).split("\n");
    const whole =
      "  hermes user add-local alice@example.org --displayname Alice --email alice@example.org";
    expect(lines(120)).toContain(whole);
    const narrow = lines(40);
    const from = narrow.indexOf("Example:") + 1;
    const pasted = narrow.slice(from, narrow.indexOf("", from)).join("\n");
    expect(pasted).toContain("\\\n");
    expect(pasted.replace(/ \\\n +/g, " ")).toBe(whole);
  });

  it("has the command's own flags first, and one line for those of every command", async () => {
    const { out } = await run("user", "get", "--help");
    expect(out.match(/--json|--no-color|--verbose/g)).toEqual(["--json"]);
    expect(out.indexOf("--user ")).toBeLessThan(out.indexOf("Flags of every command"));
    expect(out).toMatch(/\nFlags of every command: hermes --help\n$/);
    expect(out).not.toContain("hermes help output");
    expect((await run("--help")).out).toMatch(/--no-color +no colours/);
  });

  it("has -o where there is a list, and leads on to what is said of lists", async () => {
    const { out } = await run("user", "list", "--help");
    expect(out).toMatch(/\n {2}-o, --output FORMAT +the list's form: json, ndjson, csv, table\n/);
    expect(out).toMatch(
      /\nMore of lists: hermes help output\nFlags of every command: hermes --help\n$/,
    );
    expect((await run("user", "export", "--help")).out).toMatch(/\n {2}-o, --output FORMAT /);
  });

  it("says what holds between flags, and what the answer has", async () => {
    const { out } = await run("phone", "get", "--help");
    expect(out).toContain("\n\nGive --mac or --user, one of the two.\n");
    expect(out).toContain("\nAnswers with --json: list\n");
  });

  it("is the same behind help, --help and -h, with dashes or underscores", async () => {
    const first = await run("user", "add-local", "--help");
    expect(first).toMatchObject({ status: 0, err: "" });
    expect(first.out).toMatch(
      /^Usage: hermes user add-local <user> --displayname NAME --email EMAIL/,
    );
    for (const argv of [
      ["help", "user", "add-local"],
      ["help", "user", "add_local"],
      ["-h", "user", "add-local", "alice@example.org"],
    ]) {
      expect(await run(...argv)).toEqual(first);
    }
    expect(await run("help")).toEqual(await run());
  });

  it("is what a family alone shows to people", async () => {
    const bare = await run("numbers");
    expect(bare).toEqual(await run("help", "numbers"));
    expect(bare).toMatchObject({ status: 0, err: "" });
    expect(bare.out).toMatch(/add-range +\S/);
  });

  it("explains topics", async () => {
    const permissions = await run("help", "permissions");
    expect(permissions.out).toMatch(/16 NATIONAL/);
    expect((await run("help", "exit-codes")).out).toMatch(/^ +130 /m);
    const { out } = await run("--help");
    for (const { name } of grammar.topics) expect(out).toContain(`\n  ${name} `);
  });

  it("explains what a list can be shown as, by its flags and by the environment", async () => {
    const { out } = await run("help", "output");
    const forms = OUTPUT_FORMATS.map((format) => `-o ${format}`);
    const flags = ["--columns", "--sort", "--no-pager", "--no-color", "--json", "--show-secrets"];
    const variables = ["HERMES_PAGER", "PAGER", "NO_COLOR"];
    for (const word of [...forms, ...flags, ...variables, "TSV"]) expect(out).toContain(word);
  });

  it("refuses what there is nothing to say about, and guesses", async () => {
    for (const argv of [
      ["help", "usr", "get"],
      ["usr", "get", "--help"],
    ]) {
      const { status, out, err } = await run(...argv);
      expect([status, out]).toEqual([2, ""]);
      expect(err).toContain("Did you mean: hermes user get?");
    }
  });

  it("is one JSON object with --json, as the version is", async () => {
    const { status, out } = await run("user", "get", "--help", "--json");
    expect(status).toBe(0);
    expect(onlyObject(out)).toEqual({
      response: "ok",
      help: expect.stringMatching(/^Usage: hermes user get <user> \[flags\]\n/),
    });
    expect(onlyObject((await run("--version", "--json")).out)).toEqual({
      response: "ok",
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });
});
