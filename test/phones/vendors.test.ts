import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { asShown, displayName } from "./names";
import { line, phone, rendered, vendors } from "./profile";
import { readIni, readNameAddress, readPairs, readXml } from "./read-back";

const two = [line(), line({ username: "bob", displayname: "Bob", transport: "tls" })];

/** How each vendor's file tells of an account: its number, and what is asked of it. */
const READ: Record<
  string,
  { ending: string; display: (text: string, number: number) => string | undefined }
> = {
  "cisco-spa": { ending: ".xml", display: (text, n) => readXml(text).get(`Display_Name_${n}_`) },
  grandstream: {
    ending: ".xml",
    display: (text, n) => readXml(text).get(n === 1 ? "P3" : `P${n + 2}07`),
  },
  polycom: {
    ending: "phone-f00ba2ba5c00.cfg",
    display: (text, n) => readXml(text).get(`reg.${n}.displayName`),
  },
  snom: { ending: ".xml", display: (text, n) => readXml(text).get(`user_realname ${n}`) },
  yealink: {
    ending: ".cfg",
    display: (text, n) => readPairs(text).get(`account.${n}.display_name`),
  },
  linphone: {
    ending: ".rc",
    display: (text, n) =>
      readNameAddress(readIni(text).get(`proxy_${n - 1}.reg_identity`) ?? "").name,
  },
  baresip: {
    ending: "/accounts",
    display: (text, n) =>
      readNameAddress(text.split("\n").filter((each) => !each.startsWith("#"))[n - 1] ?? "").name,
  },
};

test("every vendor is read back here", () => {
  expect(Object.keys(READ).sort()).toEqual(vendors.list().map(({ name }) => name));
});

describe.each(Object.entries(READ))("%s", (vendor, { ending, display }) => {
  test("tells both accounts, in their order", () => {
    const text = rendered(phone({ vendor, lines: two }), ending);
    expect([1, 2].map((number) => display(text, number))).toEqual(["Alice", "Bob"]);
  });

  test("carries any display name, and it changes nothing else", () => {
    const other = line({ username: "bob", displayname: "Bob" });
    fc.assert(
      fc.property(displayName, (displayname) => {
        const text = rendered(phone({ vendor, lines: [line({ displayname }), other] }), ending);
        const plain = rendered(phone({ vendor, lines: [line(), other] }), ending);
        const shown = asShown(displayname);
        // baresip has room for 80 bytes.
        const read = display(text, 1) ?? "";
        if (vendor === "baresip") expect(shown.startsWith(read)).toBe(true);
        if (vendor !== "baresip" || Buffer.byteLength(shown) <= 80) expect(read).toBe(shown);
        expect(display(text, 2)).toBe("Bob");
        expect(text.split("\n").length).toBe(plain.split("\n").length);
      }),
    );
  });

  test("has every name that its phones ask for in a file of its own, with the MAC in it", () => {
    const names = vendors
      .render(phone({ vendor, model: "M1" }))
      .map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toContain("f00ba2ba5c00");
  });

  test("takes as many accounts as it says, and refuses one more", () => {
    const { lines } = vendors.named(vendor);
    const many = Array.from({ length: lines + 1 }, (_, index) => line({ username: `u${index}` }));
    expect(vendors.render(phone({ vendor, lines: many.slice(1) }))).not.toHaveLength(0);
    expect(() => vendors.render(phone({ vendor, lines: many }))).toThrow(`takes ${lines}`);
  });

  test("renders a phone that has no account, time zone, codec or address to fetch from", () => {
    const bare = phone({ vendor, lines: [], timezone: null, codecs: [], prov_url: null });
    for (const { content } of vendors.render(bare)) {
      expect(content).not.toMatch(/undefined|null|NaN|\[object/);
    }
  });
});

test("what is called XML is well-formed, whatever the display name", () => {
  const folder = mkdtempSync(join(tmpdir(), "hermes-phones-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const names = [...fc.sample(displayName, { numRuns: 40, seed: 14 }), `"a" & 'b' <c>; d\n😀 ]]>`];
  const files: string[] = [];
  for (const displayname of names) {
    for (const { name } of vendors.list()) {
      const lines = [line({ displayname, linetext: displayname, dialplan: '(<:0>&x.|"S0)' })];
      const profile = phone({
        vendor: name,
        lines: name === "baresip" ? [line()] : lines,
        model: "D785",
      });
      for (const { content } of vendors.render(profile)) {
        if (!content.startsWith("<?xml")) continue;
        const path = join(folder, `${files.length}.xml`);
        writeFileSync(path, content);
        files.push(path);
      }
    }
  }
  const { status, stderr } = spawnSync("xmllint", ["--noout", ...files], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(files.length).toBeGreaterThan(200);
});

describe("an account reaches the phone whole", () => {
  test("yealink", () => {
    const account = readPairs(rendered(phone({ lines: [line({ dialplan: "(.*)" })] })));
    expect(Object.fromEntries(account)).toMatchObject({
      "account.1.enable": "1",
      "account.1.label": "4224",
      "account.1.user_name": "alice",
      "account.1.auth_name": "alice-auth",
      "account.1.password": "S3cr3t-w0rds",
      "account.1.sip_server.1.address": "example.org",
      "account.1.sip_server.1.port": "5070",
      "account.1.outbound_proxy.1.address": "proxy.example.org",
      "account.1.outbound_proxy.1.port": "5080",
      "account.1.dialplan.digitmap.string": "(.*)",
      "account.1.codec.g722.priority": "1",
      "account.1.codec.pcma.priority": "2",
      "account.1.codec.pcmu.enable": "0",
      "account.2.enable": "0",
      "account.16.enable": "0",
      "local_time.time_zone": "+1",
      "local_time.start_time": "3/5/7/2",
      "local_time.end_time": "10/5/7/3",
      "static.auto_provision.server.url": "https://example.org/prov",
    });
  });

  test("grandstream numbers the second account's values in another way", () => {
    const values = readXml(rendered(phone({ vendor: "grandstream", lines: two })));
    expect(Object.fromEntries(values)).toMatchObject({
      ...{ P271: "1", P35: "alice", P36: "alice-auth", P34: "S3cr3t-w0rds", P47: "example.org" },
      ...{ P48: "proxy.example.org:5080", P130: "0", P57: "9", P58: "8", P98: "8" },
      ...{ P401: "1", P404: "bob", P406: "S3cr3t-w0rds", P448: "2", P451: "9", P458: "8" },
      ...{ P501: "0", P506: "", P1801: "0", P212: "2", P237: "example.org/prov" },
      P246: "STD-1DST-2,M3.5.0/2,M10.5.0/3",
    });
  });

  test("polycom is told of the file that holds the accounts", () => {
    const [first] = vendors.render(phone({ vendor: "polycom" }));
    expect(first?.name).toBe("f00ba2ba5c00.cfg");
    const main = readXml(first?.content ?? "");
    expect(main.get("CONFIG_FILES")).toBe("phone-f00ba2ba5c00.cfg");
  });

  test("cisco-spa", () => {
    const values = readXml(rendered(phone({ vendor: "cisco-spa", lines: two })));
    expect(Object.fromEntries(values)).toMatchObject({
      User_ID_1_: "alice",
      Auth_ID_1_: "alice-auth",
      Proxy_1_: "example.org",
      Outbound_Proxy_1_: "proxy.example.org:5080",
      SIP_Transport_2_: "TLS",
      Line_Enable_3_: "No",
      Daylight_Saving_Time_Rule: "start=3/-1/7/02:00:00;end=10/-1/7/03:00:00;save=1",
      Profile_Rule: "https://example.org/prov/spa$MA.xml",
    });
  });
});

describe("whose phone it is", () => {
  test.each([
    ["001565aabbcc", "yealink"],
    ["000413aabbcc", "snom"],
    ["000b82aabbcc", "grandstream"],
    ["64167faabbcc", "polycom"],
    ["000e08aabbcc", "cisco-spa"],
  ])("%s is guessed to be %s", (mac, vendor) => {
    expect(vendors.guessed(mac)?.name).toBe(vendor);
    expect(vendors.of({ mac, vendor: null }).name).toBe(vendor);
  });

  test("what is set counts, not the guess", () => {
    expect(vendors.of({ mac: "001565aabbcc", vendor: "Baresip" }).name).toBe("baresip");
  });

  test("without either, the phone is refused, and a slip gets a hint", () => {
    expect(() => vendors.of({ mac: "aabbccddeeff", vendor: null })).toThrow(
      "hermes phone set aabbccddeeff --vendor",
    );
    expect(() => vendors.named("yaelink")).toThrow("Did you mean yealink?");
  });
});

describe("what a format can't say is refused, never altered", () => {
  test.each([
    ["baresip", { password: 'a"b' }, "password"],
    ["baresip", { password: "x;answermode=auto" }, "password"],
    ["baresip", { authid: "a;auth_pass=x" }, "authid"],
    ["baresip", { password: "ends in \\" }, "password"],
    ["yealink", { password: " led by a space" }, "password"],
    ["yealink", { password: "two\nlines" }, "password"],
    ["snom", { dialplan: "\u0007" }, "dialplan"],
  ])("%s %j", (vendor, about, name) => {
    expect(() => vendors.render(phone({ vendor, lines: [line(about)] }))).toThrow(
      `its ${name} has a character in it`,
    );
  });

  test("a model that would leave the folder", () => {
    expect(() => vendors.render(phone({ vendor: "snom", model: "../../etc" }))).toThrow("no model");
  });

  test("a time zone that isn't one", () => {
    expect(() => vendors.render(phone({ timezone: "Mars/Olympus" }))).toThrow("no time zone");
  });
});
