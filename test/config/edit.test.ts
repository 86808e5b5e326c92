import { describe, expect, it } from "vitest";
import { type Sections, withSettings } from "../../src/config/edit";

const file = `# The site in Oslo.
[kamailio] # its own
url = "mysql://k:p@db/kamailio" # the master

# rpc = "unix:/run/kamailio/kamailio_rpc.sock"

[classes]
own = [
  "+4712345???", # the first block
]

[sites.lab.kamailio]
url = 'sqlite:///srv/lab.db'
`;

/** All else stays: comments, order, empty lines. */
describe("withSettings", () => {
  it.each<[string, Sections, string | undefined, string, string]>([
    [
      "a value",
      { kamailio: { url: "mysql://k:q@db2/kamailio" } },
      undefined,
      'url = "mysql://k:p@db/kamailio" # the master',
      'url = "mysql://k:q@db2/kamailio" # the master',
    ],
    [
      "a value of a site",
      { kamailio: { url: "sqlite:///srv/other.db" } },
      "lab",
      "url = 'sqlite:///srv/lab.db'",
      'url = "sqlite:///srv/other.db"',
    ],
    [
      "an entry of a list",
      { classes: { own: ["+4799999???"] } },
      undefined,
      '"+4712345???", # the first block',
      '"+4799999???", # the first block',
    ],
    [
      "a key of a section",
      { classes: { country: "SE" } },
      undefined,
      '"+4712345???", # the first block\n]\n',
      '"+4712345???", # the first block\n]\ncountry = "SE"\n',
    ],
    [
      "a section",
      { auth: { mode: "session", key_lifetime: 60 } },
      undefined,
      "lab.db'\n",
      'lab.db\'\n\n[auth]\nmode = "session"\nkey_lifetime = 60\n',
    ],
    [
      "a section of a site",
      { defaults: { permission: 63 } },
      "lab",
      "lab.db'\n",
      "lab.db'\n\n[sites.lab.defaults]\npermission = 63\n",
    ],
    [
      "another site",
      { kamailio: { url: "sqlite:///srv/b.db" } },
      "b",
      "lab.db'\n",
      'lab.db\'\n\n[sites.b.kamailio]\nurl = "sqlite:///srv/b.db"\n',
    ],
    ["nothing", { auth: { mode: null } }, undefined, "", ""],
  ])("sets %s", async (_, sections, site, before, after) => {
    expect(await withSettings(file, sections, { file: "x.toml", site })).toBe(
      file.replace(before, after),
    );
  });

  it.each([
    ["[kamailio]\nurl = 1\nrpc = 2 # here\n", "[kamailio]\nurl = 1\n"],
    ["[kamailio]\nrpc = 2\n[auth]\nrpc = 3\n", "[kamailio]\n[auth]\nrpc = 3\n"],
    ["[auth]\nrpc = 3\n[kamailio]\nrpc = 2\n", "[auth]\nrpc = 3\n[kamailio]\n"],
    ["[kamailio]\n# other: rpc = 1\nrpc = 2\n# after\n", "[kamailio]\n# other: rpc = 1\n# after\n"],
    ["[kamailio]\nurl = 1\n\nrpc = 2\n\n[auth]\n", "[kamailio]\nurl = 1\n\n[auth]\n"],
    ["[kamailio]\nrpc = [ # list\n  1, # one\n]\nurl = 1\n", "[kamailio]\nurl = 1\n"],
    ['[kamailio]\n\'rpc\' = """\n[auth]\n"""\nurl = 1\n', "[kamailio]\nurl = 1\n"],
    ["kamailio.rpc = 2\n# after\n", "# after\n"],
    ["kamailio = { url = 1, rpc = 2 } # k\n", "kamailio = { url = 1 } # k\n"],
    ["[kamailio]\r\nurl = 1\r\nrpc = 2\r\n", "[kamailio]\r\nurl = 1\r\n"],
    ["[kamailio]\nrpc = 2", "[kamailio]"],
    ["[kamailio]\nurl = 1 \n", "[kamailio]\nurl = 1 \n"],
  ])("takes a setting out, remarks stay: %j", async (text, after) => {
    expect(await withSettings(text, { kamailio: { rpc: null } }, { file: "x.toml" })).toBe(after);
  });

  it.each([
    ["", '[defaults]\ndomain = "example.org"\n'],
    ["# nothing yet\n", '# nothing yet\n\n[defaults]\ndomain = "example.org"\n'],
    [
      "[auth]\nkey_lifetime = 1",
      '[auth]\nkey_lifetime = 1\n\n[defaults]\ndomain = "example.org"\n',
    ],
    ["defaults.permission = 7\n", 'defaults.permission = 7\ndefaults.domain = "example.org"\n'],
    [
      "[defaults]\r\npermission = 7\r\n",
      '[defaults]\r\npermission = 7\r\ndomain = "example.org"\r\n',
    ],
    ["[auth]\r\nx = 1\r\n", '[auth]\r\nx = 1\r\n\r\n[defaults]\r\ndomain = "example.org"\r\n'],
    ["a = 1\r\nb = 2\n", 'a = 1\r\nb = 2\r\n\r\n[defaults]\r\ndomain = "example.org"\r\n'],
  ])("knows TOML's other ways: %j", async (text, after) => {
    const edited = await withSettings(
      text,
      { defaults: { domain: "example.org" } },
      { file: "x.toml" },
    );
    expect(edited).toBe(after);
  });

  it("a value may hold whatever it likes", async () => {
    const { parse } = await import("smol-toml");
    for (const url of ['mysql://a:"#\\\n\u0000é@b/c', "'''", '"""', "[x]\ny = 1"]) {
      const edited = await withSettings(file, { kamailio: { url } }, { file: "x.toml" });
      expect(parse(edited)).toMatchObject({ kamailio: { url }, classes: { own: ["+4712345???"] } });
    }
  });
});
