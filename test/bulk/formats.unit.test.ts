import { describe, expect, it } from "vitest";
import { CsvReader } from "../../src/bulk/csv";
import { guessFormat, openReader } from "../../src/bulk/format";
import type { Entry, Reader } from "../../src/bulk/input";
import { LinesReader } from "../../src/bulk/lines";
import { NdjsonReader } from "../../src/bulk/ndjson";
import { add as addAlias } from "../../src/nodes/alias/add";
import { add as addNumber } from "../../src/nodes/numbers/add";

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

  it.each([
    ["semicolons", ";"],
    ["tabs", "\t"],
  ])("takes %s for commas where the header has them, and writes rejects so", async (_, by) => {
    const reader = csv();
    const row = ["a@b.org", "O, Å", `"x${by}y"`].join(by);
    const all = await entries(reader, `${BOM}${["user", "displayname", "x"].join(by)}\n${row}\n`);
    expect(all.map(({ given }) => given)).toEqual([
      { user: "a@b.org", displayname: "O, Å", x: `x${by}y` },
    ]);
    expect(reader.rejected(all[0] as Entry, "no")).toBe(
      `${["user", "displayname", "x", "reason"].join(by)}\n${row}${by}no\n`,
    );
  });

  it.each([
    ['"never closed', "a quote is never closed"],
    ['"s3cret"s3cret,', 'a quote within a quoted field must be doubled: ""'],
    ['s3c"ret', "a field with a quote in it must stand in quotes"],
  ])("says what is wrong with %s, and repeats nothing of it", async (row, why) => {
    const detail = `Row 1 is not CSV: ${why}.`;
    await expect(entries(csv(), `user,password\n${row}\n`)).rejects.toMatchObject({
      ...{ response: "invalid", reason: "parameters", detail },
    });
  });

  it("refuses what is no UTF-8", async () => {
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

describe("limits of an import", () => {
  const read = (format: "csv" | "ndjson" | "lines", text: string | Buffer) =>
    entries(openReader(format, { params: addNumber.params, line: "number" }), text, 65_536);
  const refusal = (detail: RegExp) => ({ response: "invalid", reason: "parameters", detail });

  it.each([
    ["csv", "x".repeat(20_000_000), /^The header is longer than 100000/],
    ["csv", `number\n"${"x\n".repeat(60_000)}`, /^Row 1 is longer than 100000/],
    ["csv", `number,${"x,".repeat(101)}`, /^The header has 103 columns, more than 100\./],
    ["csv", `${"n".repeat(50_000)}\n`, /^Unknown column "n{59}…"\. Known: number$/],
    ["ndjson", `{}\n{"number":"${"1".repeat(100_000)}"}\n`, /^Line 2 is longer than 100000 bytes/],
    ["lines", `+4711\n${"1".repeat(20_000_000)}`, /^Line 2 is longer than 100000 bytes/],
  ] as const)("refuses %s of %#: what is beyond any row", async (format, text, detail) => {
    await expect(read(format, text)).rejects.toMatchObject(refusal(detail));
  });

  it("names the line that is no UTF-8", async () => {
    const text = Buffer.from('{"number":"+4711"}\n\n{"number":"+47\xe5"}\n', "latin1");
    await expect(read("ndjson", text)).rejects.toMatchObject(refusal(/^Line 3 is not UTF-8/));
  });

  it("rejects a row of NDJSON that is too deep, or has a number that would be another one", async () => {
    const deep = `{"number":${"[".repeat(40_000)}${"]".repeat(40_000)}}`;
    const all = await read("ndjson", `${deep}\n{"number":4712345678901234567890}\n`);
    expect(all.map(({ given }) => given)).toEqual([
      "This is nested more than 20 deep.",
      "This has the number 4712345678901234567890, which would not be kept as written: quote it.",
    ]);
    // The rejects keep it as it was.
    const [first] = all;
    expect(new NdjsonReader().rejected(first as Entry, "deep")).toContain('{"line":"{');
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
