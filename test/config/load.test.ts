import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load";
import { NO_ETC } from "../support/no-etc";

describe("loadConfig", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "hermes-config-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const file = (path: string, text: string) => {
    const full = join(home, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    return full;
  };
  const load = (env: Record<string, string> = {}, explicit?: string) =>
    loadConfig({ ...NO_ETC, HOME: home, ...env }, explicit);
  const loadText = (text: string, env = {}) => load(env, file("x.toml", text));

  it("is the embedded database and the defaults where there is nothing", async () => {
    const embedded = { kind: "sqlite", file: join(home, ".local/share/hermes/hermes.db") };
    expect(await load()).toMatchObject({
      file: undefined,
      kamailio: embedded,
      provisioning: embedded,
      embedded: true,
      defaults: { permission: 7, passwordLength: 24, quarantine: 0 },
      auth: { mode: "trusted", keyLifetime: 300, sessionLifetime: 28800 },
    });
    const data = join(home, "data");
    expect(await load({ XDG_DATA_HOME: data })).toMatchObject({
      kamailio: { file: join(data, "hermes/hermes.db") },
    });
    expect(await load({ XDG_DATA_HOME: "relative" })).toMatchObject({ kamailio: embedded });
  });

  it("reads the whole of the contract's example", async () => {
    const config = await loadText(`
      [kamailio]
      url = "mysql://kamailio:kamailiorw@127.0.0.1:3306/kamailio"
      [provisioning]
      url = "mysql://hermes:secret@127.0.0.1:3306/hermes"
      [defaults]
      permission = 63
      password_length = 12
      quarantine = "90d"
      [auth]
      mode = "session"
      key_lifetime = 60
      session_lifetime = 3600
    `);
    expect(config).toMatchObject({
      embedded: false,
      kamailio: { user: "kamailio", password: "kamailiorw", port: 3306, database: "kamailio" },
      provisioning: { user: "hermes", password: "secret", database: "hermes" },
      defaults: { permission: 63, passwordLength: 12, quarantine: 7_776_000 },
      auth: { mode: "session", keyLifetime: 60, sessionLifetime: 3600 },
    });
  });

  it("puts provisioning beside Kamailio where it is left out", async () => {
    expect(await loadText('[kamailio]\nurl = "mysql://k:p@db.test/ser"')).toMatchObject({
      kamailio: { host: "db.test", port: 3306, database: "ser" },
      provisioning: { host: "db.test", user: "k", password: "p", database: "hermes" },
    });
    expect(await loadText('[kamailio]\nurl = "sqlite:///srv/kamailio.db"')).toMatchObject({
      embedded: false,
      kamailio: { file: "/srv/kamailio.db" },
      provisioning: { file: "/srv/kamailio.db" },
    });
  });

  it("takes the first file of flag, $HERMES_CONFIG, the user's and the host's", async () => {
    const numbered = (path: string, permission: number) =>
      file(path, `[defaults]\npermission = ${permission}`);
    const permission = async (env = {}, explicit?: string) =>
      (await load(env, explicit)).defaults.permission;
    numbered("etc/hermes/config.toml", 5);
    expect(await permission({ HERMES_ETC: join(home, "etc") })).toBe(5);
    numbered(".config/hermes/config.toml", 1);
    expect(await permission({ HERMES_ETC: join(home, "etc") })).toBe(1);
    expect(await permission()).toBe(1);
    numbered("xdg/hermes/config.toml", 2);
    const XDG_CONFIG_HOME = join(home, "xdg");
    expect(await permission({ XDG_CONFIG_HOME })).toBe(2);
    const HERMES_CONFIG = numbered("env.toml", 3);
    expect(await permission({ XDG_CONFIG_HOME, HERMES_CONFIG })).toBe(3);
    const flag = numbered("flag.toml", 4);
    expect(await permission({ XDG_CONFIG_HOME, HERMES_CONFIG }, flag)).toBe(4);
  });

  it("prefers the environment's URLs to a file's; empty ones don't count", async () => {
    const text =
      '[kamailio]\nurl = "mysql://f:p@file.test/k"\n[provisioning]\nurl = "mysql://f:p@file.test/h"';
    const env = {
      HERMES_KAMAILIO_URL: "mysql://e:p@env.test/k",
      HERMES_PROVISIONING_URL: "mysql://e:p@env.test/h",
    };
    expect(await loadText(text, env)).toMatchObject({
      kamailio: { host: "env.test" },
      provisioning: { host: "env.test" },
    });
    const empty = { HERMES_KAMAILIO_URL: "", HERMES_PROVISIONING_URL: "", HERMES_CONFIG: "" };
    expect(await loadText(text, empty)).toMatchObject({
      kamailio: { host: "file.test" },
      provisioning: { host: "file.test" },
    });
  });

  it.each([
    ["[kamailo]", /kamailo is no setting.*kamailio/],
    ['[kamailio]\nulr = ""', /kamailio\.ulr is no setting.*url/],
    ["permission = 7", /permission is no setting/],
    ["[defaults]\npassword_lenght = 8", /password_length/],
    ["[defaults]\npermission = 256", /permission.*0 to 255/],
    ["[defaults]\npermission = 1.5", /permission.*whole/],
    ['[defaults]\nquarantine = "90"', /quarantine.*90d/],
    ["[defaults]\nquarantine = 90", /quarantine must be a string/],
    ['[defaults]\npermission = "7"', /permission must be a number/],
    ["[defaults]\npassword_length = 7", /password_length.*8 to 64/],
    ["[defaults]\npassword_length = 65", /password_length/],
    ["[auth]\nkey_lifetime = 0", /key_lifetime/],
    ['[auth]\nmode = "open"', /trusted.*session/],
    ['[kamailio]\nurl = "mysql://a:hush@b"', /database URL/],
    ['[kamailio]\nurl = "postgres://a:hush@b/c"', /database URL/],
    ['[kamailio]\nurl = "sqlite://relative.db"', /database URL/],
    ['[provisioning]\nurl = "mysql://a:b@c/d"', /kamailio\.url/],
    ['[auth]\nmode = "session', /x\.toml, line 2, column 8: /],
    ["a = 1\na = 2", /x\.toml, line 2, column \d: /],
    ["[constructor]", /constructor is no setting/],
    ["[toString]\nname = 1", /toString is no setting/],
    ["[defaults]\nconstructor = 1", /constructor is no setting/],
  ])("refuses %j with error/config", async (text, detail) => {
    await expect(loadText(text)).rejects.toMatchObject({
      response: "error",
      reason: "config",
      detail: expect.stringMatching(detail),
    });
    await expect(loadText(text)).rejects.not.toMatchObject({
      detail: expect.stringContaining("hush"),
    });
  });

  it("refuses a file that is named and is not there, or is a folder", async () => {
    for (const path of [join(home, "no.toml"), home]) {
      await expect(load({}, path)).rejects.toMatchObject({ reason: "config" });
      await expect(load({ HERMES_CONFIG: path })).rejects.toMatchObject({ reason: "config" });
    }
  });
});
