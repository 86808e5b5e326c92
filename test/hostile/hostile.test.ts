import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../bulk/command-line";
import { asDeclared } from "../support/declared";
import { type Site, startSite } from "../support/site";
import { line, rowOf } from "./inputs";
import { Sent } from "./stored";

const LONG = process.env.HERMES_TEST_LONG !== undefined;
/** Printed, so that it can be tried again; `npm run test:long` takes another each time. */
const SEED = Number(process.env.HERMES_TEST_SEED ?? (LONG ? Date.now() % 2 ** 31 : 1));
const ROUNDS = LONG ? 10 : 1;
const LINES = { runs: 25, each: 1_000 };
const ROWS = { runs: 13, each: 500 };

const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number, round: number) =>
  fc.sample(arbitrary, { numRuns: count, seed: SEED + round });

/** Generated input at every node, batch and importer: an answer to each, and nothing kept that wasn't sent. */
describe.each(["embedded", "v7"] as const)(
  "hostile input on %s",
  { timeout: 1_200_000 },
  (shape) => {
    let site: Site;
    beforeAll(async () => {
      site = await startSite(shape);
      await site.reset();
    });
    afterAll(() => site.stop());

    it("lines of a batch: each has an answer, none of them a bug", async () => {
      const sent = new Sent();
      let tried = 0;
      for (let round = 0; round < LINES.runs * ROUNDS; round++) {
        const lines = sample(line, LINES.each, round).filter((text) => text.trim() !== "");
        for (const text of lines) sent.add(parsed(text));
        const { stdout } = await run(site, ["batch"], `${lines.join("\n")}\n`);
        const answers = stdout.split("\n").filter(Boolean);
        expect(answers.length).toBe(lines.length);
        for (const [index, text] of answers.entries()) {
          const { response } = JSON.parse(text);
          const asked = lines[index] as string;
          if (!["ok", "pong", "failed", "invalid"].includes(response.response)) {
            throw new Error(`seed ${SEED}: ${asked} is answered ${text}`);
          }
          if (response.response === "ok") asDeclared(nodeOf(asked), response);
        }
        tried += lines.length;
        expect([SEED, await sent.altered(site)]).toEqual([SEED, []]);
      }
      console.log(`${tried} lines of a batch on ${shape}, seed ${SEED}`);
    });

    it.each([
      ["user", ["user", "displayname", "email", "password", "linetext", "dialplan", "registrar"]],
      ["numbers", ["number"]],
      ["alias", ["alias", "destination"]],
      ["phone", ["mac", "user"]],
    ])("rows of %s import: each is counted, none is altered", async (family, columns) => {
      const sent = new Sent();
      let tried = 0;
      for (let round = 0; round < ROWS.runs * ROUNDS; round++) {
        await site.reset();
        await run(
          site,
          ["user", "import"],
          '{"user":"alice@example.org"}\n{"user":"bob@example.org"}\n',
        );
        sent.add(["alice@example.org", "bob@example.org"]);
        const asCsv = round % 2 === 0;
        const rows = sample(rowOf(columns), ROWS.each, round).filter(isRow);
        sent.add(asCsv ? rows.map(asBytes) : rows);
        const text = asCsv
          ? stringify(rows, { header: true, columns: [...columns], quoted: true })
          : rows.map((row) => `${JSON.stringify(row)}\n`).join("");
        const ifExists = ["fail", "skip", "update"][round % 3] as string;
        const args = [
          family,
          "import",
          "--format",
          asCsv ? "csv" : "ndjson",
          "--if-exists",
          ifExists,
        ];
        const { stdout } = await run(site, [...args, "--json"], text);
        const answer = JSON.parse(stdout);
        if (!["ok", "failed"].includes(answer.response) || answer.read !== rows.length) {
          throw new Error(`seed ${SEED}, round ${round}: ${stdout}`);
        }
        const { read, added, updated = 0, skipped, rejected } = answer;
        expect(added + updated + skipped + rejected).toBe(read);
        tried += read;
        expect([SEED, round, await sent.altered(site)]).toEqual([SEED, round, []]);
      }
      console.log(`${tried} rows of ${family} import on ${shape}, seed ${SEED}`);
    });
  },
);

/** A row without anything in it is none. */
const isRow = (row: Record<string, string>) =>
  Object.values(row).some((cell) => cell.trim() !== "");

/** What bytes can say of a row: they have no half of a surrogate pair. */
const asBytes = (row: Record<string, string>) =>
  Object.values(row).map((cell) => Buffer.from(cell).toString());

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch {
    return undefined;
  }
}

const nodeOf = (text: string) => (parsed(text) as { node: string }).node;
