import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "smol-toml";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { parseVendor } from "../../src/phones/own-vendors";
import type { Vendor } from "../../src/phones/vendor";
import { PhoneVendors } from "../../src/phones/vendors";
import { phone, rendered, vendors } from "./profile";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hermes-templates-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

/** A vendor of Hermes' as a site would write it. */
const fileOf = ({ title, models, ouis, lines, files }: Vendor) =>
  files
    .map(({ names, format, template }, index) => {
      const about = index === 0 ? { title, models, ouis, lines } : {};
      return `+++\n${stringify({ ...about, names, format })}\n+++\n${template}`;
    })
    .join("");

const HEAD = 'names = ["{{mac}}.txt"]\nformat = "keyvalue"';

describe("a site's folder", () => {
  test("adds vendors, and puts its own in the place of Hermes'", async () => {
    write("acme.phone", `+++\n${HEAD}\n+++\nuser {{#lines}}{{username}}{{/lines}}\n`);
    write("yealink.phone", `+++\n${HEAD}\n+++\nours\n`);
    write("README", "not a vendor");
    const site = await PhoneVendors.load(folder);
    expect(rendered(phone({ vendor: "acme" }), "", site)).toBe("user alice\n");
    expect(rendered(phone({ vendor: "yealink" }), "", site)).toBe("ours\n");
    expect(site.list()).toHaveLength(vendors.list().length + 1);
  });

  test("a phone with two files has two heads", async () => {
    const second = 'names = ["{{mac}}/b.xml", "{{MAC}}.xml"]\nformat = "xml"';
    write("acme.phone", `+++\nlines = 2\n${HEAD}\n+++\na\n+++\n${second}\n+++\n<b/>\n`);
    const site = await PhoneVendors.load(folder);
    expect(site.render(phone({ vendor: "acme" }))).toEqual([
      { name: "f00ba2ba5c00.txt", content: "a\n" },
      { name: "f00ba2ba5c00/b.xml", content: "<b/>\n" },
      { name: "F00BA2BA5C00.xml", content: "<b/>\n" },
    ]);
  });

  test.each(vendors.list())(
    "$name, written into the folder, reads back as it was",
    async (vendor) => {
      const { source, files, ...read } = await parseVendor(`${vendor.name}.phone`, fileOf(vendor));
      expect({ ...read, files: files.map(({ line, ...file }) => file) }).toEqual(vendor);
    },
  );
});

describe("mistakes are told of with file and line, before any phone is rendered", () => {
  const template = (text: string) => `+++\n${HEAD}\n+++\n${text}`;

  test.each([
    ["a name that isn't there", template("a\n{{pasword}}\n"), 6, "there is no pasword"],
    [
      "a slip, with a hint",
      template("{{#lines}}\n{{usernme}}\n{{/lines}}"),
      6,
      "Did you mean username?",
    ],
    ["a name of an account, outside of lines", template("\n\n{{authid}}"), 7, "there is no authid"],
    ["a section without an end", template("\n{{#lines}}\n"), 7, "Unclosed section"],
    ["an end without a section", template("{{/lines}}"), 5, "Unopened section"],
    ["a tag without an end", template("{{mac"), 5, "Unclosed tag"],
    ["a value past its escape", template("{{{mac}}}"), 5, "unescaped"],
    ["the other way past it", template("{{&mac}}"), 5, "unescaped"],
    ["another file", template("\n{{>other}}"), 6, "no parts"],
    ["a section as a value", template("{{lines}}"), 5, "is a section"],
    ["what JavaScript has", template("{{constructor}}"), 5, "there is no constructor"],
    ["no head", "names = []", 1, "begins with +++"],
    ["a head without an end", "+++\nformat = 'xml'\n", 1, "has no end"],
    ["TOML that is none", "+++\ntitle = \nformat = 'xml'\n+++\n", 2, ""],
    ["an unknown key", `+++\n${HEAD}\ncolour = 1\n+++\n`, 2, "there is no colour"],
    [
      "an unknown format",
      "+++\nnames = ['{{mac}}']\nformat = 'yaml'\n+++\n",
      2,
      "format must be one of",
    ],
    ["no name", "+++\nformat = 'xml'\n+++\n", 2, "names must name the file"],
    [
      "a name of the wrong kind",
      "+++\nnames = [1]\nformat = 'xml'\n+++\n",
      2,
      "names must be a list",
    ],
    ["too many accounts", `+++\n${HEAD}\nlines = 1000\n+++\n`, 2, "lines must be a whole number"],
    ["no half of a MAC", `+++\n${HEAD}\nouis = ['xx']\n+++\n`, 2, "not the first half"],
    ["lines in a later head", `${template("")}\n+++\n${HEAD}\nlines = 2\n+++\n`, 7, "first head"],
  ])("%s", async (_, text, at, problem) => {
    write("acme.phone", text);
    const error: { response: string; reason: string; detail: string } = await PhoneVendors.load(
      folder,
    ).then(
      () => expect.fail("was taken"),
      (refusal) => refusal,
    );
    expect(error).toMatchObject({ response: "error", reason: "config" });
    expect(error.detail).toContain(`${join(folder, "acme.phone")}, line ${at}: `);
    expect(error.detail).toContain(problem);
  });

  test.each([
    ["common.cfg", "every phone's file"],
    ["/etc/{{mac}}", "no name for a file"],
    ["../{{mac}}", "no name for a file"],
    [".{{mac}}", "no name for a file"],
    ["a b {{mac}}", "no name for a file"],
  ])("a file called %s", async (name, problem) => {
    write("acme.phone", `+++\nnames = ["${name}"]\nformat = "xml"\n+++\n`);
    await expect(PhoneVendors.load(folder)).rejects.toThrow(problem);
  });

  test("two files of the same name", async () => {
    write("acme.phone", template(`\n+++\n${HEAD}\n+++\n`));
    await expect(PhoneVendors.load(folder)).rejects.toThrow('two files are "f00ba2ba5c00.txt"');
  });

  test("a folder that isn't there, and files that can't be read", async () => {
    await expect(PhoneVendors.load(join(folder, "none"))).rejects.toMatchObject({
      reason: "config",
    });
    writeFileSync(join(folder, "acme.phone"), Buffer.from([0x2b, 0xff]));
    await expect(PhoneVendors.load(folder)).rejects.toThrow("acme.phone");
    rmSync(join(folder, "acme.phone"));
    symlinkSync("/dev/zero", join(folder, "acme.phone"));
    await expect(PhoneVendors.load(folder)).rejects.toThrow("it is no file");
    rmSync(join(folder, "acme.phone"));
    write("Acme Phones.phone", template(""));
    await expect(PhoneVendors.load(folder)).rejects.toThrow("named after its vendor");
  });
});
