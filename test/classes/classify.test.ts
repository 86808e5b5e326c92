import { describe, expect, test } from "vitest";
import { type CalledFacts, classify, parseCalled, verdict } from "../../src/classes/classify";
import { compileClasses } from "../../src/classes/compile";
import { type ClassSection, readClasses } from "../../src/config/classes";
import { exampleSettings } from "./settings";

const nobody: CalledFacts = {
  domains: new Set(["example.org"]),
  destination: undefined,
  account: false,
};

const classesOf = (section: ClassSection) => compileClasses(readClasses(section));

/** The class of a call from an account of example.org, where nothing that is called is local. */
async function classOf(called: string, section: ClassSection, facts = nobody) {
  const address = parseCalled(called, "example.org");
  if (address === undefined) throw new Error(`${called} can't be called`);
  return classify(address, await classesOf(section), facts).class;
}

describe("without any settings, in", () => {
  test.each([
    ["NO", "112", "EMERGENCY"],
    ["NO", "911", undefined],
    ["NO", "22 22 22 22", "NATIONAL"],
    ["NO", "+47 22 22 22 22", "NATIONAL"],
    ["NO", "004722222222", "NATIONAL"],
    ["NO", "91234567", "NATIONAL"],
    ["NO", "79021000", "NATIONAL"], // Svalbard
    ["NO", "80012345", "NATIONAL"],
    ["NO", "82012345", "SERVICES"],
    ["NO", "81500000", "SERVICES"],
    ["NO", "02800", "SERVICES"],
    ["NO", "04500", undefined], // no such series
    ["NO", "12345678", "OTHERS"], // no Norwegian number begins with 1
    ["NO", "+4712345678", "OTHERS"],
    ["NO", "+46812345678", "INTERNATIONAL"],
    ["NO", "0046812345678", "INTERNATIONAL"],
    ["NO", "+8816123456", "OTHERS"],
    ["NO", "+9991234567", "OTHERS"],
    ["NO", "+4681234567812345", "OTHERS"],
    ["NO", "7001", undefined],
    ["NO", "reception", undefined],
    ["NO", "reception@elsewhere.example", "VOIP"],
    ["NO", "+4722222222@elsewhere.example", "VOIP"],
    ["DE", "110", "EMERGENCY"],
    ["DE", "030 123456", "NATIONAL"],
    ["DE", "0900 1123456", "SERVICES"],
    ["DE", "0180 212345", "SERVICES"],
    ["DE", "0041 44 668 18 00", "INTERNATIONAL"],
    ["DE", "+47 22 22 22 22", "INTERNATIONAL"],
    ["GB", "999", "EMERGENCY"],
    ["GB", "020 7946 0000", "NATIONAL"],
    ["GB", "+44 1534 123456", "INTERNATIONAL"], // Jersey
    ["US", "911", "EMERGENCY"],
    ["US", "(212) 555-2368", "NATIONAL"],
    ["US", "1-212-555-2368", "NATIONAL"],
    ["US", "1-900-555-2368", "SERVICES"],
    ["US", "1-876-555-2368", "INTERNATIONAL"], // Jamaica
    ["US", "1-416-555-2368", "INTERNATIONAL"], // Canada
    ["US", "011 47 22222222", "INTERNATIONAL"],
    ["IT", "06 698 12345", "NATIONAL"],
    ["AU", "000", "EMERGENCY"],
    ["TW", "02 2345 6789", "NATIONAL"], // several ways to dial abroad
    ["TW", "002 47 22222222", "OTHERS"],
    ["RU", "8 495 123-45-67", "NATIONAL"],
    ["RU", "8 10 47 22222222", "INTERNATIONAL"],
    ["RU", "8 727 250 00 00", "INTERNATIONAL"], // Kazakhstan
  ])("%s, %s is %s", async (country, called, expected) => {
    expect(await classOf(called, { country })).toBe(expected);
  });
});

describe("the databases decide that a call to", () => {
  const alice = { username: "alice", domain: "example.org" };
  test.each([
    ["an account is INTERNAL", "alice", { account: true }, "INTERNAL"],
    ["an account with a number for its name is", "22222222", { account: true }, "INTERNAL"],
    ["an alias of an account is", "7001", { destination: alice, account: true }, "INTERNAL"],
    [
      "an alias that leads elsewhere is VOIP",
      "7001",
      { destination: { username: "a", domain: "elsewhere.example" } },
      "VOIP",
    ],
    [
      "an alias that leads to a number is what the number is",
      "7001",
      { destination: { username: "+4722222222", domain: "example.org" } },
      "NATIONAL",
    ],
    ["112 stays an emergency call", "112", { destination: alice, account: true }, "EMERGENCY"],
  ])("%s", async (_, called, facts, expected) => {
    expect(await classOf(called, { country: "NO" }, { ...nobody, ...facts })).toBe(expected);
  });
});

describe("[classes]", () => {
  test.each<[string, ClassSection, string, string | undefined]>([
    ["own numbers go nowhere", { own: ["+4722??????"] }, "22222222", undefined],
    ["emergency replaces the country's", { emergency: ["11?"] }, "111", "EMERGENCY"],
    ["emergency replaces the country's", { emergency: ["911"] }, "112", undefined],
    ["a short number", { services: ["18??"] }, "1881", "SERVICES"],
    ["a whole range", { others: ["+4782*"] }, "82012345", "OTHERS"],
    ["another PBX", { internal: ["5???"] }, "5123", "INTERNAL"],
    ["of two, the dearer", { national: ["+4782*"], services: ["+4782*"] }, "82012345", "SERVICES"],
    ["a country nearby", { national: ["+46*"] }, "0046812345678", "NATIONAL"],
    ["how one dials abroad", { international_prefix: "09" }, "0946812345678", "INTERNATIONAL"],
    ["how one dials at home", { national_prefix: "0" }, "022222222", "NATIONAL"],
    ["how one dials at home", { country: "DE", national_prefix: "" }, "30123456", "NATIONAL"],
    ["a country in lower case", { country: "se" }, "08 123 456 78", "NATIONAL"],
  ])("%s: %j makes %s %s", async (_, section, called, expected) => {
    expect(await classOf(called, section)).toBe(expected);
  });

  test("no such country", async () => {
    await expect(classesOf({ country: "XX" })).rejects.toMatchObject({
      response: "error",
      reason: "config",
      detail: expect.stringContaining('"XX" is no country'),
    });
  });
});

describe("the verdict", async () => {
  const classes = await compileClasses(exampleSettings);
  const national = { class: "NATIONAL", what: "a fixed line in Norway" } as const;
  test.each([
    [16, true, "This is a fixed line in Norway, which needs NATIONAL. The account has it."],
    [
      7,
      false,
      "This is a fixed line in Norway, which needs NATIONAL. The account has NOCALLS, EMERGENCY, INTERNAL.",
    ],
    [17, true, expect.any(String)], // NOCALLS takes nothing away
    [0, false, expect.stringContaining("The account has no flag at all.")],
  ])("with %i, a national call: %s", (permission, allowed, why) => {
    expect(verdict(national, permission, classes)).toEqual({ class: "NATIONAL", allowed, why });
  });

  test("what goes nowhere is not allowed to anybody", () => {
    const nowhere = { class: undefined, what: "an address that nobody has" };
    expect(verdict(nowhere, 255, classes)).toMatchObject({ allowed: false });
  });

  test("emergency_always", () => {
    const emergency = { class: "EMERGENCY", what: "an emergency number" } as const;
    expect(verdict(emergency, 0, classes)).toMatchObject({ allowed: false });
    const always = { ...classes, emergencyAlways: true };
    expect(verdict(emergency, 0, always)).toMatchObject({ allowed: true });
  });
});

describe("what can be called", () => {
  test.each([
    ["112", { username: "112", domain: "example.org" }],
    ["*21*", { username: "*21*", domain: "example.org" }],
    ["+47 22 22-22.22", { username: "+4722222222", domain: "example.org" }],
    ["bob", { username: "bob", domain: "example.org" }],
    ["sip:bob@Other.Example", { username: "bob", domain: "other.example" }],
    ["", undefined],
    ["bob@", undefined],
    ["bøb", undefined],
  ])("%j", (text, address) => {
    expect(parseCalled(text, "example.org")).toEqual(address);
  });
});
