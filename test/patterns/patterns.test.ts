import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { parsePhoneNumberFromString as parse } from "libphonenumber-js/max";
import metadata from "libphonenumber-js/max/metadata";
import { describe, expect, test } from "vitest";
import type { CallClasses } from "../../src/classes/call-classes";
import { classify } from "../../src/classes/classify";
import { compileClasses } from "../../src/classes/compile";
import { numberingPlans } from "../../src/classes/numbering-plan";
import { readClasses } from "../../src/config/classes";

const countries = Object.keys(metadata.countries);

/** E.164 ends there; some countries' patterns don't. */
const LONGEST = "+123456789012345";

const compiled = (country: string) => compileClasses(readClasses({ country }));

const patternsOf = ({ emergency, dialling, numbers }: CallClasses) =>
  [emergency, ...dialling, ...numbers].map(({ pattern }) => pattern);

/** Numbers of every kind in a country, the same at every run. */
async function someNumbers(country: string, ofEachKind: number): Promise<string[]> {
  const { home, neighbours } = await numberingPlans(country);
  return [home, ...neighbours].flatMap(({ callingCode, national, kinds }) =>
    kinds.flatMap(({ pattern }) =>
      fc
        .sample(fc.stringMatching(new RegExp(`^(${pattern})$`)), { numRuns: ofEachKind, seed: 1 })
        // Some kinds' patterns go beyond what their country allows.
        .filter((number) => new RegExp(`^(${national})$`).test(number))
        .map((number) => `+${callingCode}${number}`)
        .filter((number) => number.length <= LONGEST.length),
    ),
  );
}

test("every country's patterns say the same in JavaScript and POSIX", async () => {
  for (const country of countries) {
    for (const pattern of patternsOf(await compiled(country))) {
      expect(pattern, country).toMatch(/^[\^$()|?*+{},[\]\-0-9#]+$/);
      expect(pattern, country).not.toMatch(/\(\?|[*+?}]\?|[*+?}]\+/);
    }
  }
});

test.each(["NO", "DE", "GB", "US", "BR"])("grep -E finds in %s what we find", async (country) => {
  const classes = await compiled(country);
  const numbers = await someNumbers(country, 3);
  const dialled = ["112", "911", "02800", "7001", "*21*", "00", "+", "123456", "+9991234567"];
  const lines = [
    ...dialled,
    ...numbers.flatMap((number) => [number, number.slice(1), `${number}0`]),
  ];
  for (const pattern of patternsOf(classes)) {
    const found = spawnSync("grep", ["-E", pattern], {
      input: lines.join("\n"),
      encoding: "utf8",
      env: { LC_ALL: "C" },
    }).stdout;
    const ours = lines.filter((line) => new RegExp(pattern).test(line));
    expect(found.split("\n").slice(0, -1), pattern).toEqual(ours);
  }
});

describe("a number's class is its country's and kind's in libphonenumber", () => {
  const national = ["FIXED_LINE", "MOBILE", "FIXED_LINE_OR_MOBILE", "TOLL_FREE", "VOIP"];
  const territories = ["SJ", "AX", "CC", "CX", "VA"];

  test.each(["NO", "SE", "DE", "GB", "US", "JM", "IT", "RU", "KZ", "FR", "BR", "AU", "IN"])(
    "in %s",
    async (country) => {
      const classes = await compiled(country);
      const facts = { domains: new Set(["d"]), destination: undefined, account: false };
      let compared = 0;
      for (const number of await someNumbers(country, 20)) {
        const parsed = parse(number);
        const home = parsed?.country === country || territories.includes(parsed?.country ?? "");
        // Countries that share a calling code share numbers, too: what is at home here, stays so.
        if (parsed?.country !== undefined && !home && isOf(country, number)) continue;
        const type = parsed?.getType();
        const expected =
          type === undefined
            ? "OTHERS"
            : !home
              ? "INTERNATIONAL"
              : national.includes(type)
                ? "NATIONAL"
                : "SERVICES";
        compared++;
        const { class: found } = classify({ username: number, domain: "d" }, classes, facts);
        expect(`${number} ${type} ${found}`).toBe(`${number} ${type} ${expected}`);
      }
      expect(compared).toBeGreaterThan(50);
    },
  );
});

/** Whether it is a number of the country, too. */
function isOf(country: string, number: string): boolean {
  const plan = metadata.countries[country as keyof typeof metadata.countries];
  const kinds: [string][] = plan?.[11] ?? [];
  return kinds.some(
    (kind) => kind?.[0] && new RegExp(`^\\+${plan?.[0]}(?:${kind[0]})$`).test(number),
  );
}
