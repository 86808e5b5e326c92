import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatE164, parseE164 } from "../../src/model/e164";
import { numberRange } from "../../src/model/number-range";

const callingCode = fc.constantFrom("1", "7", "44", "47", "49", "86", "352", "800", "881", "979");
const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength, maxLength });

describe("parseE164", () => {
  it("parts a number after its calling code", () => {
    fc.assert(
      fc.property(callingCode, digits(1, 12), (callingCode, rest) => {
        const number = `+${callingCode}${rest}`;
        expect(parseE164(number)).toEqual({ callingCode, number });
      }),
    );
  });

  it("takes spaces, dashes, dots and parentheses off, wherever they stand", () => {
    const separator = fc.constantFrom("", " ", "-", ".", "(", ")", "\u00a0");
    fc.assert(
      fc.property(digits(6, 10), fc.array(separator, { minLength: 10 }), (rest, separators) => {
        const number = `+47${rest}`;
        const written = [...number].map((digit, at) => digit + (separators[at] ?? "")).join("");
        expect(parseE164(written)?.number).toBe(number);
      }),
    );
  });

  it("answers only + and 2 to 15 digits", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          digits(0, 20).map((text) => `+${text}`),
        ),
        (text) => {
          const found = parseE164(text);
          if (found !== undefined) expect(found.number).toMatch(/^\+[1-9]\d{1,14}$/);
        },
      ),
    );
  });

  it.each(["", "+", "4712345000", "004712345000", "+0712345000", "+4712345000x", "++4712345000"])(
    "takes no %j",
    (text) => {
      expect(parseE164(text)).toBeUndefined();
    },
  );

  it.each(["+47", "+999123", "+2101234", "+4712345678901234", "+47１２３"])(
    "takes no %j",
    (text) => {
      expect(parseE164(text)).toBeUndefined();
    },
  );
});

describe("formatE164", () => {
  it("groups the digits and changes none", () => {
    fc.assert(
      fc.property(callingCode, digits(1, 12), (callingCode, rest) => {
        const number = `+${callingCode}${rest}`;
        expect(formatE164(number).replace(/[^+\d]/g, "")).toBe(number);
      }),
    );
    expect(formatE164("+4721222222")).toBe("+47 21 22 22 22");
  });
});

describe("numberRange", () => {
  const e164 = (number: string) => {
    const parsed = parseE164(number);
    if (parsed === undefined) throw new Error(number);
    return parsed;
  };

  it("counts both ends", () => {
    fc.assert(
      fc.property(fc.nat(99_999_998), fc.nat(99_999_998), (a, b) => {
        const [low, high] = a <= b ? [a, b + 1] : [b, a];
        const number = (value: number) => `+47${String(value).padStart(8, "0")}`;
        expect(numberRange(e164(number(low)), e164(number(high)))).toEqual({
          start: number(low),
          end: number(high),
          count: high - low + 1,
        });
        expect(numberRange(e164(number(high)), e164(number(low)))).toMatch(/not below/);
      }),
    );
  });

  it("is exact for the longest numbers", () => {
    expect(numberRange(e164("+470000000000000"), e164("+479999999999999"))).toMatchObject({
      count: 10_000_000_000_000,
    });
  });

  it("needs one length and one calling code", () => {
    expect(numberRange(e164("+4712345000"), e164("+47123450000"))).toMatch(/length/);
    expect(numberRange(e164("+4612345000"), e164("+4712345000"))).toMatch(/lead-in/);
    expect(numberRange(e164("+4712345000"), e164("+4712345000"))).toMatch(/not below/);
  });
});
