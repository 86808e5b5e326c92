import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDomain } from "../../src/model/domain-name";
import { formatSipAddress, parseSipAddress } from "../../src/model/sip-address";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const characters = (allowed: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...allowed), minLength, maxLength });

const username = characters(`${letters}-_.!~*'()&=+$,;?/`, 1, 64);
const domain = fc
  .array(characters(letters, 1, 12), { minLength: 1, maxLength: 4 })
  .map((labels) => labels.join("."))
  // Four numbers are an IPv4 address, or none.
  .filter((name) => !/^[\d.]+$/.test(name));

describe("parseSipAddress", () => {
  it("takes what formatSipAddress writes, the domain in lower case", () => {
    fc.assert(
      fc.property(username, domain, (username, domain) => {
        const address = parseSipAddress(formatSipAddress({ username, domain }));
        expect(address).toEqual({ username, domain: domain.toLowerCase() });
      }),
    );
  });

  it("takes a scheme and blanks off", () => {
    fc.assert(
      fc.property(
        username,
        domain,
        fc.constantFrom("sip:", "SIP:", "sips:"),
        (user, host, scheme) => {
          // A user part may itself begin with what looks like a scheme's letters.
          expect(parseSipAddress(` ${scheme}${user}@${host} `)).toEqual(
            parseSipAddress(`${user}@${host}`),
          );
        },
      ),
    );
  });

  it("never answers anything wider than Kamailio's columns, or not its own form", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.webUrl()), (text) => {
        const address = parseSipAddress(text);
        if (address === undefined) return;
        expect(address.username.length).toBeLessThanOrEqual(64);
        expect(address.domain.length).toBeLessThanOrEqual(64);
        expect(parseSipAddress(formatSipAddress(address))).toEqual(address);
      }),
    );
  });

  it.each([
    ["alice@example.org", "alice", "example.org"],
    ["+4712345000@Example.ORG", "+4712345000", "example.org"],
    ["o'brien@example.org", "o'brien", "example.org"],
    ["alice@192.0.2.1", "alice", "192.0.2.1"],
    ["alice@[2001:DB8::1]", "alice", "[2001:db8::1]"],
    ["alice@localhost", "alice", "localhost"],
    ["alice@example.org.", "alice", "example.org"],
    [`${"u".repeat(64)}@example.org`, "u".repeat(64), "example.org"],
  ])("takes %s", (text, username, domain) => {
    expect(parseSipAddress(text)).toEqual({ username, domain });
  });

  it.each([
    ...["", "alice", "@", "alice@", "@example.org", "a@b@example.org", "a b@example.org"],
    ...["alice@exam ple.org", "alice@-a.org", "alice@a-.org", "alice@a..org", "alice@256.0.0.1"],
    ...["alice@example.org:5060", "alice@example.org;transport=tcp", "tel:+4712345000"],
    ...[
      "<sip:alice@example.org>",
      "al\0ice@example.org",
      "alice@example.org\n@x",
      "ålice@example.org",
    ],
    ...["al%69ce@example.org", 'alice"@example.org', "alice\\@example.org", "alice@exämple.org"],
    `${"u".repeat(65)}@example.org`,
    `alice@${"d".repeat(64)}.org`,
  ])("takes no %j", (text) => {
    expect(parseSipAddress(text)).toBeUndefined();
  });
});

describe("parseDomain", () => {
  it("is content with its own answers", () => {
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.ipV4(), fc.string()), (text) => {
        const domain = parseDomain(text);
        if (domain !== undefined) expect(parseDomain(domain)).toBe(domain);
      }),
    );
  });

  it("holds 64 characters", () => {
    const long = `${"a".repeat(60)}.org`;
    expect(parseDomain(long)).toBe(long);
    expect(parseDomain(`a${long}`)).toBeUndefined();
  });
});
