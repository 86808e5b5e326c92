import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listField } from "../../src/answers/answer";
import { columnNames } from "../../src/answers/leaves";
import { allCommands } from "../../src/cli/commands";
import { runHermes, runJson } from "../support/hermes-process";
import { type Site, startSite } from "../support/site";

const ALICE = "alice@example.org";
const BOB = "bob@example.org";
const MAC = "f00ba2ba5c00";

/** Every list, as a pipe gets it, with rows of which some lack what others have. */
const LISTS: readonly (readonly [command: string, args?: string])[] = [
  ["user list"],
  ["user list", "--sort -user"],
  ["user list", "--registered"],
  ["user location", ALICE],
  ["phone list"],
  ["phone get", ALICE],
  ["phone get", MAC],
  ["phone vendors"],
  ["numbers list"],
  ["numbers list", "--random"],
  ["numbers list", "--ranges"],
  ...["free", "assigned", "reserved", "quarantined", "all"].map(
    (state) => ["numbers list", `--state ${state}`] as const,
  ),
  ["numbers list", "--state all --columns note,number,until"],
  ["numbers usage"],
  ["numbers usage", "--by 4"],
  ["alias list"],
  ["domain list"],
  ["audit list"],
  ["audit list", "--columns undone_by,id"],
  ["audit show"],
  ["auth list-users"],
  ["auth list-apikeys"],
  ["doctor"],
];

describe("a list in a pipe", () => {
  let site: Site;
  let record: string;
  const run = (...args: string[]) => runHermes(args, { env: site.env });

  beforeAll(async () => {
    site = await startSite("embedded");
    await site.reset();
    for (const user of [ALICE, BOB]) {
      await site.ok("user/add_local", { user, displayname: "Somebody", email: "a@mail.test" });
    }
    await site.sql("UPDATE {users} SET displayname = ? WHERE username = 'bob'", ["B\tO\nB"]);
    await site.sql(
      "INSERT INTO {location} (ruid, username, domain, contact, expires, user_agent) VALUES ('r', 'alice', 'example.org', 'sip:alice@10.0.0.1', '2038-01-01 00:00:00', '')",
    );
    await site.ok("phone/add", { user: ALICE, mac: MAC });
    await site.ok("numbers/add_range", { start: "+4712345000", end: "+4712345009" });
    await site.ok("numbers/assign", { number: "+4712345000", user: ALICE });
    await site.ok("numbers/reserve", { number: "+4712345001", note: "for whom" });
    await site.ok("numbers/reserve", { number: "+4712345002", until: "30d" });
    await site.ok("numbers/assign", { number: "+4712345003", user: BOB });
    await site.ok("numbers/release", { number: "+4712345003", quarantine: "30d" });
    await site.ok("alias/add", { alias: "4225@example.org", destination: BOB });
    const { list } = await site.ok("audit/list", { node: "alias/add" });
    record = (list as { id: string }[])[0]?.id as string;
    await site.ok("audit/undo", { id: record });
    await site.ok("auth/add_user", { username: "op", generate: true, displayname: "O. P." });
    await site.ok("auth/add_user", { username: "other", generate: true });
    await site.ok("auth/new_apikey", { host_ip: "10.0.0.1", access: "full_read" });
    // Something for doctor: two aliases that lead nowhere.
    await site.sql(
      "INSERT INTO {dbaliases} (alias_username, alias_domain, username, domain) VALUES ('1', 'example.org', 'x', 'example.org'), ('2', 'example.org', 'y', 'example.org')",
    );
  });
  afterAll(() => site.stop());

  it("is tried of every command that has one", () => {
    const lists = allCommands().filter(({ answers }) => listField(answers) !== undefined);
    const tried = new Set(LISTS.map(([name]) => name));
    expect(lists.map(({ path }) => path.join(" ")).sort()).toEqual([...tried].sort());
  });

  it.each(LISTS.map(([name, args = ""]) => [name, args]))(
    "%s %s has the same columns in every row",
    async (name = "", args = "") => {
      const words = [...name.split(" "), ...args.split(" ").filter(Boolean)];
      if (name === "audit show") words.push(record);
      const { answers } = allCommands().find(({ path }) => path.join(" ") === name) ?? {};
      const field = listField(answers ?? {}) ?? "";
      const { envelope } = await runJson(words, { env: site.env });
      const rows = envelope[field] as unknown[];
      expect(rows.length).toBeGreaterThan(0);

      const keys = rows.map((row) =>
        typeof row === "object" && row !== null ? Object.keys(row) : [""],
      );
      expect(keys).toEqual(keys.map(() => keys[0]));
      if (!args.includes("--columns") && keys[0]?.[0] !== "") {
        const declared = columnNames(answers?.[field] as never);
        expect(declared.filter((column) => keys[0]?.includes(column))).toEqual(keys[0]);
      }

      const { stdout } = await run(...words);
      // What an answer has beside its list stands before it.
      const lines = (stdout.split("\n\n").at(-1) ?? "").replace(/\n$/, "").split("\n");
      const tabs = lines.map((line) => line.split("\t").length);
      expect(tabs).toEqual(rows.map(() => keys[0]?.length));
    },
  );

  it.each([
    [["phone", "get", ALICE], "mac", MAC],
    [["phone", "get", MAC], "user", ALICE],
    [["phone", "list"], "mac", MAC],
    [["domain", "list"], "domain", "bare.example.org"],
    [["numbers", "list"], "number", "+4712345004"],
    [["numbers", "list", "--random", "--search", "*004"], "number", "+4712345004"],
    [["numbers", "export"], "number", "+4712345004"],
    [["user", "list", "--columns", "user"], "user", ALICE],
  ])(
    "%j -o csv has one column, which is named after what it holds",
    async (args, column, first) => {
      const { stdout } = await run(...args, "-o", "csv");
      expect(stdout.split("\n").slice(0, 2)).toEqual([column, first]);
    },
  );

  it("is a list of findings, too, in whatever form it is asked for", async () => {
    const { status, stdout } = await run("doctor", "-o", "csv", "--columns", "check,subject");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^check,subject\n([\w-]+,.+\n)+$/);
  });
});
