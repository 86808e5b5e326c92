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

  it("takes a setting out", async () => {
    const text = '[kamailio]\nurl = "a"\nrpc = "b" # the socket\n[defaults]\npermission = 7\n';
    expect(await withSettings(text, { kamailio: { rpc: null } }, { file: "x.toml" })).toMatch(
      /^\[kamailio\]\nurl = "a"\n+\[defaults\]\npermission = 7\n$/,
    );
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
