import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closest } from "../../src/model/closest";
import { digestSecrets } from "../../src/model/digest";
import { isEmail } from "../../src/model/email";
import { macSearch, parseMac } from "../../src/model/mac";
import { generatePassword, isPassword } from "../../src/model/password";
import { permissionBits, permissionFlags } from "../../src/model/permission";
import { Rows } from "../../src/model/rows";

describe("macSearch", () => {
  it.each([
    ["f0:0b", "f00b"],
    ["F00B.A2BA", "f00ba2ba"],
    ["f0-0b-*", "f00b*"],
    ["*:5C:0?", "*5c0?"],
    [":", ":"],
  ])("%s → %s", (given, expected) => {
    expect(macSearch(given)).toBe(expected);
  });
});

describe("parseMac", () => {
  const mac = fc.string({
    unit: fc.constantFrom(..."0123456789abcdef"),
    minLength: 12,
    maxLength: 12,
  });
  const grouped = (text: string, size: number, separator: string) =>
    text.match(new RegExp(`.{${size}}`, "g"))?.join(separator) ?? "";

  it("takes every usual form, in any case", () => {
    fc.assert(
      fc.property(mac, fc.constantFrom(":", "-", "."), fc.boolean(), (plain, separator, upper) => {
        for (const form of [plain, grouped(plain, 2, separator), grouped(plain, 4, separator)]) {
          expect(parseMac(upper ? form.toUpperCase() : form)).toBe(plain);
        }
      }),
    );
  });

  it("takes nothing else", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789abcdefg:-. ") }), (text) => {
        const found = parseMac(text);
        if (found === undefined) return;
        expect(found).toMatch(/^[0-9a-f]{12}$/);
        expect(text.toLowerCase().replace(/[:.\- ]/g, "")).toBe(found);
      }),
    );
    for (const text of ["f00ba2ba5c0", "f00ba2ba5c000", "f0:0b-a2:ba:5c:00", "f0:0b:a2:ba:5c"]) {
      expect(parseMac(text)).toBeUndefined();
    }
  });
});

describe("permission flags", () => {
  it("are their numbers, bit by bit", () => {
    fc.assert(
      fc.property(fc.nat(255), (permission) => {
        const bits = permissionFlags(permission).map((name) => permissionBits(name) ?? 0);
        expect(bits.reduce((sum, bit) => sum + bit, 0)).toBe(permission);
      }),
    );
  });

  it("have names in any case; ALL is every one", () => {
    const names = ["NOCALLS", "EMERGENCY", "INTERNAL", "VOIP"];
    const more = ["NATIONAL", "SERVICES", "INTERNATIONAL", "OTHERS"];
    expect([...names, ...more].map((name) => permissionBits(name))).toEqual(
      Array.from({ length: 8 }, (_, bit) => 2 ** bit),
    );
    expect(permissionBits(" vOiP ")).toBe(8);
    expect(permissionBits("all")).toBe(255);
    for (const name of ["", "VOI", "constructor", "__proto__"]) {
      expect(permissionBits(name)).toBeUndefined();
    }
  });
});

describe("digestSecrets", () => {
  it("is RFC 2617's example", () => {
    const { ha1 } = digestSecrets(
      { username: "Mufasa", domain: "testrealm@host.com" },
      "Circle Of Life",
    );
    expect(ha1).toBe("939e7578ed9e3c518a452acee763bce9");
  });

  it("has the domain as its realm, and user@domain as the name of HA1b", () => {
    const { ha1b } = digestSecrets({ username: "alice", domain: "example.org" }, "secret");
    const text = "alice@example.org:example.org:secret";
    expect(ha1b).toBe(createHash("md5").update(text).digest("hex"));
  });
});

describe("passwords", () => {
  it("are of the asked length, without letters that look alike", () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 64 }), (length) => {
        const password = generatePassword(length);
        expect(password).toHaveLength(length);
        expect(password).toMatch(/^[A-HJ-NP-Za-kmnp-z2-9]+$/);
        expect(isPassword(password)).toBe(true);
      }),
    );
  });

  it("are printable ASCII of 1 to 64 characters", () => {
    for (const text of ["x", " ", "a b'\"\\", "~".repeat(64)]) expect(isPassword(text)).toBe(true);
    for (const text of ["", "é", "a\n", "a\0", "~".repeat(65)])
      expect(isPassword(text)).toBe(false);
  });
});

describe("isEmail", () => {
  it("takes mail addresses that fit", () => {
    fc.assert(
      fc.property(
        fc.emailAddress().filter((text) => text.length <= 64),
        (text) => {
          expect(isEmail(text)).toBe(true);
        },
      ),
    );
  });

  it.each([
    ...["", "a", "@b.c", "a@", "a b@c.d", "a@b c", "a@b..c", ".a@b.c", "a.@b.c", "a@b.c\n", "a@@b"],
    ...["é@b.c", `${"a".repeat(60)}@b.cd`],
  ])("takes no %j", (text) => {
    expect(isEmail(text)).toBe(false);
  });
});

describe("closest", () => {
  const known = ["user get", "user list", "user add-local", "numbers add-range"];

  it.each([
    ["user gett", "user get"],
    ["usr get", "user get"],
    ["user add_local", "user add-local"],
    ["user ilst", "user list"],
    ["numbers add", "numbers add-range"],
  ])("%s is meant for %s", (word, meant) => {
    expect(closest(word, known)).toBe(meant);
  });

  it("proposes a known word or nothing, and a known word for itself", () => {
    fc.assert(
      fc.property(fc.string(), (word) => {
        const guess = closest(word, known);
        if (guess !== undefined) expect(known).toContain(guess);
      }),
    );
    for (const word of known) expect(closest(word, known)).toBe(word);
    expect(closest("something else", known)).toBeUndefined();
  });

  it("looks at no word that is far too long, whatever its length", () => {
    const looked: string[] = [];
    const watched = known.map((word) =>
      Object.assign(new String(word) as unknown as string, {
        toLowerCase: () => {
          looked.push(word);
          return word;
        },
      }),
    );
    expect(closest("user ".repeat(200_000), watched)).toBeUndefined();
    expect(looked).toEqual([]);
  });
});

describe("Rows", () => {
  const rows = <T>(items: T[]) =>
    Rows.of(
      (async function* () {
        yield* items;
      })(),
      (item) => item,
    );

  it("come in batches, in order, none lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3000 }), async (length) => {
        const items = Array.from({ length }, (_, index) => index);
        expect(await rows(items).toArray()).toEqual(items);
        const some = await rows(items).orNothing();
        expect(some === undefined).toBe(length === 0);
        if (some !== undefined) expect(await some.toArray()).toEqual(items);
      }),
      { numRuns: 20 },
    );
  });

  it("let go of their source when the reader stops", async () => {
    let open = true;
    const source = (async function* () {
      try {
        for (let index = 0; ; index++) yield index;
      } finally {
        open = false;
      }
    })();
    const some = await Rows.of(source, (item) => item).orNothing();
    for await (const batch of some ?? []) {
      expect((batch as number[])[0]).toBe(0);
      break;
    }
    expect(open).toBe(false);
  });
});
