import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decoded, type Line, lines } from "../../src/bulk/text";

/** The bytes of a text, some at a time. */
async function* pieces(bytes: Uint8Array, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(bytes: Uint8Array, { size = 5, max = 20 } = {}): Promise<Line[]> {
  const all: Line[] = [];
  for await (const some of lines(pieces(bytes, size), max)) all.push(...some);
  return all;
}

const bytes = (text: string, encoding?: "latin1") => Buffer.from(text, encoding);
const long = { why: "is longer than 20 bytes." };

describe("lines", () => {
  it("are those of the text, however it comes", async () => {
    const line = fc.string({ unit: "grapheme", maxLength: 8 });
    const property = fc.asyncProperty(
      fc.array(
        line.filter((text) => !/[\r\n\uFEFF]/.test(text)),
        { minLength: 1 },
      ),
      fc.constantFrom("\n", "\r\n"),
      fc.integer({ min: 1, max: 40 }),
      async (texts, end, size) => {
        const text = texts.map((one) => one + end).join("");
        expect(await read(bytes(`\uFEFF${text}`), { size, max: 1000 })).toEqual(texts);
      },
    );
    await fc.assert(property);
  });

  it("do not need an end, and keep U+2028, which JSON may hold", async () => {
    expect(await read(bytes("a\u2028b\n\nlast"))).toEqual(["a\u2028b", "", "last"]);
  });

  it.each([1, 7, 64, 1000])(
    "one that is too long costs itself alone (%i bytes at a time)",
    async (size) => {
      const text = bytes(`one\n${"x".repeat(500)}\ntwo\n${"é".repeat(11)}\n${"y".repeat(500)}`);
      expect(await read(text, { size })).toEqual(["one", long, "two", long, long]);
    },
  );

  it("say that one is too long before it has an end", async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(16);
    }
    for await (const some of lines(endless(), 20)) {
      expect(some).toEqual([long]);
      return;
    }
  });

  it("one that is no UTF-8 costs itself alone", async () => {
    const text = Buffer.concat([bytes("å\n"), bytes("å\n", "latin1"), bytes("日本\r\n")]);
    expect(await read(text, { size: 100 })).toEqual([
      "å",
      { why: expect.stringMatching(/^is not UTF-8\. /) },
      "日本",
    ]);
  });
});

describe("decoded", () => {
  it("refuses half a character at the end", async () => {
    const half = async () => {
      for await (const _ of decoded(pieces(bytes("å").subarray(0, 1), 1)));
    };
    await expect(half()).rejects.toMatchObject({ reason: "parameters", detail: /not UTF-8/ });
  });
});
