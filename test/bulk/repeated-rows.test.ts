import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DOMAIN, type Shape, shapes, useSite } from "../support/site";
import { imported, json } from "./command-line";

/** More than any import decides on at once, several times over. */
const ROWS = 5_000;

/** As many whole numbers below each of these, the same in every run. */
const drawn = (...below: readonly number[]) =>
  fc.sample(fc.tuple(...below.map((most) => fc.nat(most - 1))), { numRuns: ROWS, seed: 1 });

/** What a row comes to must not depend on how far behind another of its name it stands. */
describe.each(shapes)("%s: rows that meet each other again", (shape: Shape) => {
  const site = useSite(shape);

  it("accounts: each row sees what all rows before it left", async () => {
    const names = new Map<string, string>();
    const tally = { read: ROWS, added: 0, updated: 0, skipped: 0 };
    const rows = drawn(400, 3).map(([number, which]) => {
      const [user, name] = [`u${number}`, `Name ${which}`];
      const before = names.get(user);
      tally[before === undefined ? "added" : before === name ? "skipped" : "updated"]++;
      names.set(user, name);
      return `${user}@${DOMAIN},${name}\n`;
    });
    const command = ["user", "import", "--if-exists", "update"];
    const answer = await json(site(), command, `user,displayname\n${rows.join("")}`);
    expect(answer).toEqual(imported(tally));
    const found = await site().sql("SELECT username, displayname FROM {users}");
    expect(new Map(found.map(({ username, displayname }) => [username, displayname]))).toEqual(
      names,
    );
  });

  it("aliases: an account has one number, whichever row gave it", async () => {
    const users = Array.from({ length: 300 }, (_, index) => `u${index}@${DOMAIN},U\n`);
    await json(site(), ["user", "import"], `user,displayname\n${users.join("")}`);
    const [destinations, numberOf] = [new Map<string, string>(), new Map<string, string>()];
    const tally = { read: ROWS, added: 0, updated: 0, skipped: 0, rejected: 0 };
    const rows = drawn(300, 300).map(([which = 0, whose]) => {
      const [number, user] = [`+4712345${100 + which}`, `u${whose}`];
      const before = destinations.get(number);
      if (before === user) tally.skipped++;
      else if (numberOf.has(user)) tally.rejected++;
      else {
        tally[before === undefined ? "added" : "updated"]++;
        if (before !== undefined) numberOf.delete(before);
        destinations.set(number, user);
        numberOf.set(user, number);
      }
      return `${number}@${DOMAIN},${user}@${DOMAIN}\n`;
    });
    const command = ["alias", "import", "--if-exists", "update", "--rejects", "/dev/null"];
    const answer = await json(site(), command, `alias,destination\n${rows.join("")}`);
    expect(answer).toMatchObject(tally);
    const found = await site().sql("SELECT alias_username, username FROM {dbaliases}");
    expect(new Map(found.map((row) => [row.alias_username, row.username]))).toEqual(destinations);
  });

  it("numbers: each is added once", async () => {
    const numbers = drawn(700).map(([which = 0]) => `+4798765${100 + which}`);
    const added = new Set(numbers).size;
    const command = ["numbers", "import", "--if-exists", "skip"];
    const answer = await json(site(), command, `${numbers.join("\n")}\n`);
    expect(answer).toMatchObject({ added, skipped: ROWS - added, rejected: 0 });
  });

  it("all of an import is one record, and can be taken back", async () => {
    const rows = drawn(700, 9).map(([user, name]) => `u${user}@${DOMAIN},${name}\n`);
    const command = ["user", "import", "--if-exists", "update"];
    await json(site(), command, `user,displayname\n${rows.join("")}`);
    const { list } = await site().ok("audit/list", { node: "user/import" });
    expect(list).toHaveLength(1);
    const [{ id = "" } = {}] = list as { id: string }[];
    expect(await json(site(), ["undo", id])).toMatchObject({ response: "ok" });
    for (const table of ["users", "subscriber"]) {
      expect(await site().sql(`SELECT * FROM {${table}}`)).toEqual([]);
    }
  });
});
