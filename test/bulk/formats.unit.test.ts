import { describe, expect, it } from "vitest";
import { CsvReader } from "../../src/bulk/csv";
import { guessFormat, openReader } from "../../src/bulk/format";
import type { Entry, Reader } from "../../src/bulk/input";
import { LinesReader } from "../../src/bulk/lines";
import { NdjsonReader } from "../../src/bulk/ndjson";
import { add as addAlias } from "../../src/nodes/alias/add";
import { add as addNumber } from "../../src/nodes/numbers/add";
import { canSkipLocked } from "../../src/store/provisioning/skip-locked";

const BOM = "\uFEFF";

/** Every entry of a text, which comes a few bytes at a time. */
async function entries(reader: Reader, text: string | Buffer, size = 3): Promise<Entry[]> {
  const bytes = Buffer.from(text as string);
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  }
  const all: Entry[] = [];
  for await (const batch of reader.entries(pieces())) all.push(...batch);
  return all;
}

const csv = () => new CsvReader(() => {});

describe("CSV", () => {
  it("takes a byte order mark, any line ends, quotes, and ends of lines within them", async () => {
    const text = `${BOM}user,displayname\r\na@b.org,"O""Brien, Ångström"\nc@b.org,"two\r\nlines"\r\n\r\nd@b.org,`;
    expect((await entries(csv(), text)).map(({ given }) => given)).toEqual([
      { user: "a@b.org", displayname: 'O"Brien, Ångström' },
      { user: "c@b.org", displayname: "two\r\nlines" },
      { user: "d@b.org", displayname: "" },
    ]);
  });

  it("takes column names as they are typed, and passes over a reason", async () => {
    const [entry] = await entries(csv(), " User ,r-port,Reason,\na@b.org,5060,too late,\n");
    expect(entry?.given).toEqual({ user: "a@b.org", r_port: "5060" });
  });

  it("writes a rejected row as it was, with its reason instead of an older one", async () => {
    const reader = csv();
    const [first, second] = await entries(reader, 'user,reason,x\n"a,""b",old,1\nc\n');
    expect(second?.given).toBe("The row has 1 fields, the header 3.");
    const text = [first, second].map((entry) => reader.rejected(entry as Entry, "no, not this"));
    expect(text.join("")).toBe('user,x,reason\n"a,""b",1,"no, not this"\nc,,"no, not this"\n');
  });

  it("refuses what is no CSV or no UTF-8", async () => {
    const broken = entries(csv(), 'user\n"never closed\n');
    await expect(broken).rejects.toMatchObject({ response: "invalid", reason: "parameters" });
    const latin = entries(csv(), Buffer.from("user\nÅse@b.org\n", "latin1"));
    await expect(latin).rejects.toMatchObject({ response: "invalid", detail: /not UTF-8/ });
  });

  it("refuses unknown, doubled and missing columns before any row", async () => {
    const read = (text: string) =>
      entries(openReader("csv", { params: addAlias.params, line: undefined }), text);
    for (const [text, detail] of [
      ["alias,destinaton\n", /Unknown column "destinaton"\. Did you mean destination\?/],
      ["alias,alias\n", /two columns alias/],
      ["alias\n", /no column destination/],
      ["destination,alias_username\n", /no column alias/],
    ] as const) {
      await expect(read(text)).rejects.toMatchObject({ response: "invalid", detail });
    }
    await expect(read("destination,alias_username,alias_domain\n")).resolves.toEqual([]);
  });
});

describe("NDJSON and lines", () => {
  it("reads an object a line and keeps what is none for the rejects", async () => {
    const reader = new NdjsonReader();
    const all = await entries(reader, `${BOM}{"user":"a@b.org","reason":"x"}\r\n\nnope\n[1]\n`);
    expect(all.map(({ at, given }) => [at, given])).toEqual([
      [1, { user: "a@b.org" }],
      [3, "This is no JSON."],
      [4, "This is no JSON object."],
    ]);
    expect(all.map((entry) => reader.rejected(entry, "why")).join("")).toBe(
      '{"user":"a@b.org","reason":"why"}\n{"line":"nope","reason":"why"}\n{"line":"[1]","reason":"why"}\n',
    );
  });

  it("reads a number a line, without remarks", async () => {
    const reader = new LinesReader("number");
    const all = await entries(reader, "+4711 # one\r\n# none\n\n+4722");
    expect(all.map(({ at, given }) => [at, given])).toEqual([
      [1, { number: "+4711" }],
      [4, { number: "+4722" }],
    ]);
    expect(reader.rejected(all[0] as Entry, "too short")).toBe("+4711 # too short\n");
  });

  it("guesses by the file's name, then by how the input begins", () => {
    const numbers = { params: addNumber.params, line: "number" };
    const aliases = { params: addAlias.params, line: undefined };
    expect(guessFormat("x.CSV", "{", numbers)).toBe("csv");
    expect(guessFormat("x.jsonl", "+47", numbers)).toBe("ndjson");
    expect(guessFormat("-", `${BOM} {"number":1}`, numbers)).toBe("ndjson");
    expect(guessFormat("x.txt", "+4712345000\nnumber", numbers)).toBe("lines");
    expect(guessFormat("-", "number\n+47", numbers)).toBe("csv");
    expect(guessFormat("-", '"number"\n+47', numbers)).toBe("csv");
    expect(guessFormat("x.txt", "+47@b.org,alice@b.org", aliases)).toBe("csv");
    expect(() => openReader("lines", aliases)).toThrow(/one a line/);
  });
});

describe("servers that can pass over locked rows", () => {
  it.each([
    ["10.11.6-MariaDB-0+deb12u1", true],
    ["5.5.5-10.6.4-MariaDB", true],
    ["10.5.23-MariaDB", false],
    ["11.4.2-MariaDB", true],
    ["8.0.36", true],
    ["5.7.44-log", false],
    ["8.0.11-TiDB-v7.5.0", false],
  ])("%s: %s", (version, can) => {
    expect(canSkipLocked(version)).toBe(can);
  });
});
