import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load";
import { NO_ETC } from "../support/no-etc";

const FILE = `
[kamailio]
url = "sqlite:///srv/oslo.db"
[defaults]
permission = 63
domain = "Oslo.Example"

[sites.lab.kamailio]
url = "sqlite:///srv/lab.db"
[sites.lab.auth]
mode = "session"

[sites.half.defaults]
permission = 1
`;

describe("several sites", () => {
  let home: string;
  let file: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "hermes-sites-"));
    file = join(home, "x.toml");
    writeFileSync(file, FILE);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  const load = (site?: string, env = {}) =>
    loadConfig({ ...NO_ETC, HOME: home, ...env }, file, site);
  const refusal = (detail: RegExp) => ({
    ...{ response: "error", reason: "config", detail: expect.stringMatching(detail) },
  });

  it("no site means the sections at the top", async () => {
    expect(await load()).toMatchObject({
      site: undefined,
      kamailio: { file: "/srv/oslo.db" },
      defaults: { permission: 63, domain: "oslo.example" },
      auth: { mode: "trusted" },
    });
  });

  it("a site is its own sections, and nothing of another's", async () => {
    const lab = {
      site: "lab",
      kamailio: { file: "/srv/lab.db" },
      provisioning: { file: "/srv/lab.db" },
      embedded: false,
      defaults: { permission: 7, domain: undefined },
      auth: { mode: "session" },
    };
    expect(await load("lab")).toMatchObject(lab);
    expect(await loadConfig({ ...NO_ETC, HOME: home, HERMES_SITE: "lab" }, file)).toMatchObject(
      lab,
    );
    expect(await load("lab", { HERMES_SITE: "half" })).toMatchObject(lab);
    expect(await load(undefined, { HERMES_SITE: "" })).toMatchObject({ site: undefined });
  });

  it("what no site has is refused", async () => {
    await expect(load("lba")).rejects.toMatchObject(refusal(/no site "lba".*lab/));
    await expect(load("constructor")).rejects.toMatchObject(refusal(/no site/));
    await expect(loadConfig({ ...NO_ETC, HOME: home }, undefined, "lab")).rejects.toMatchObject(
      refusal(/No configuration file has no site|no site/),
    );
  });

  it("a site has to name its database: the embedded one is nobody's in particular", async () => {
    await expect(load("half")).rejects.toMatchObject(refusal(/sites\.half\.kamailio\.url/));
  });

  it("a database in the environment is not a site's", async () => {
    const env = { HERMES_KAMAILIO_URL: "sqlite:///srv/oslo.db" };
    await expect(load("lab", env)).rejects.toMatchObject(refusal(/lab.*HERMES_KAMAILIO_URL/));
    expect(await load(undefined, env)).toMatchObject({ site: undefined });
  });

  it.each([
    ['[sites.lab.kamailo]\nurl = "x"', /sites\.lab\.kamailo is no setting.*kamailio/],
    ["[sites.lab.defaults]\npermision = 7", /sites\.lab\.defaults\.permision.*permission/],
    ['[sites.lab.defaults]\npermission = "7"', /sites\.lab\.defaults\.permission must be a number/],
    ["[sites]\nlab = 1", /sites\.lab must be a table/],
    ["sites = 1", /sites must be a table/],
    ["[[sites]]\nx = 1", /sites must be a table/],
    ["[sites.lab.sites.x]", /sites\.lab\.sites is no setting/],
    ['[defaults]\ndomain = "no domain"', /defaults\.domain/],
  ])("refuses %j whichever site is asked for", async (text, detail) => {
    writeFileSync(file, text);
    await expect(load()).rejects.toMatchObject(refusal(detail));
  });
});
