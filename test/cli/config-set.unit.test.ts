import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main";
import { failed, invalid, refused } from "../support/answers";
import { temporaryHome } from "../support/temporary-home";
import { fakeIo } from "./output/fake-io";

/** config set and unset, and config show with several sites. */
describe("the configuration file", () => {
  let home: Awaited<ReturnType<typeof temporaryHome>>;
  beforeEach(async () => {
    home = await temporaryHome();
  });
  afterEach(() => home.remove());

  const file = () => join(home.folder, "etc", "config.toml");
  const text = () => readFileSync(file(), "utf8");
  const write = (toml: string) => {
    mkdirSync(dirname(file()), { recursive: true });
    writeFileSync(file(), toml);
  };
  const hermes = async (args: string[], { env = {}, stdin = "" } = {}) => {
    const io = {
      ...fakeIo({ env: { ...home.env, HERMES_CONFIG: file(), ...env } }),
      stdin: Readable.from([Buffer.from(stdin)]),
    };
    const status = await main([...args, "--json"], io);
    return { status, ...JSON.parse(io.out()) };
  };
  const set = (key: string, value: string, ...flags: string[]) =>
    hermes(["config", "set", key, value, ...flags]);

  it("is made where there is none, for its owner only", async () => {
    expect(await set("defaults.domain", "example.org")).toEqual({
      ...{ status: 0, response: "ok", config: file(), site: null },
      ...{ key: "defaults.domain", value: "example.org" },
    });
    expect(text()).toBe('[defaults]\ndomain = "example.org"\n');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(await hermes(["config", "show"])).toMatchObject({
      ...{ config: file(), site: null, defaults: { domain: "example.org" } },
    });
  });

  it("keeps its comments, its mode and all else", async () => {
    write(
      "# Ours\n[defaults] # of accounts\npermission = 7 # inside\n\n[auth]\nkey_lifetime = 5\n",
    );
    chmodSync(file(), 0o640);
    await set("defaults.permission", "63");
    expect(text()).toBe(
      "# Ours\n[defaults] # of accounts\npermission = 63 # inside\n\n[auth]\nkey_lifetime = 5\n",
    );
    expect(statSync(file()).mode & 0o777).toBe(0o640);
  });

  it.each([
    ["defaults.permission", "63", 63],
    ["auth.mode", "session", "session"],
    ["classes.emergency_always", "true", true],
    ["classes.own", "+4712345???, +4712346???", ["+4712345???", "+4712346???"]],
    ["classes.country", "se", "se"],
    ["classes.own", "", []],
    ["classes.national_prefix", "", ""],
    ["kamailio.rpc", "fifo:/run/kamailio/rpc", "fifo:/run/kamailio/rpc"],
  ])("%s %s is stored as %j", async (key, given, value) => {
    expect(await set(key, given)).toMatchObject({ response: "ok", value });
  });

  it.each([
    ["defaults.permision", "63", "Did you mean defaults.permission"],
    ["domain", "example.org", "no setting"],
    ["constructor.name", "x", "no setting"],
    ["defaults.permission", "256", "0 to 255"],
    ["defaults.permission", "many", "whole number"],
    ["defaults.domain", "no domain", "defaults.domain"],
    ["auth.mode", "open", "auth.mode"],
    ["classes.emergency_always", "maybe", "true or false"],
    ["classes.own", "+47,x", "classes.own"],
    ["classes.country", "XX", "no country"],
    ["kamailio.url", "postgres://a:hush@b/c", "database URL"],
    ["provisioning.url", "mysql://a:hush@b/c", "kamailio.url"],
    ["kamailio.rpc", "udp:127.0.0.1:2048", "kamailio.rpc"],
    ["phones.codecs", "", "phones.codecs must be a list of some"],
    ["defaults.domain", "", "To take it out: hermes config unset defaults.domain"],
    ["defaults.permission", "", "To take it out: hermes config unset defaults.permission"],
    ["kamailio.rpc", "", "To take it out: hermes config unset kamailio.rpc"],
    ["kamailio.url", "", "To take it out: hermes config unset kamailio.url"],
  ])("refuses %s %s, and leaves the file as it is", async (key, value, detail) => {
    write("[defaults]\npermission = 7\n");
    const answer = await set(key, value);
    expect(answer).toEqual({ status: 2, ...invalid("parameters", detail) });
    expect(answer.detail).not.toContain("hush");
    expect(text()).toBe("[defaults]\npermission = 7\n");
  });

  it("a file that is broken is not made worse", async () => {
    write('[defaults]\npermission = "seven"\n[auth]\nmode = "open"\n');
    expect(await set("auth.mode", "session")).toMatchObject(refused("error", "config"));
    write('[auth]\nmode = "open"\n');
    expect(await set("auth.mode", "session")).toMatchObject({ response: "ok" });
    write("[auth");
    expect(await set("auth.mode", "session")).toMatchObject(refused("error", "config"));
    expect(text()).toBe("[auth");
  });

  it("can be tried out", async () => {
    const tried = await set("defaults.domain", "example.org", "--dry-run");
    expect(tried).toMatchObject({ response: "ok", dry_run: true });
    expect(existsSync(file())).toBe(false);
  });

  it("a URL's password comes by standard input, and is not repeated", async () => {
    const stdin = "mysql://hermes:hush@db1:3306/kamailio\n";
    const answer = await hermes(["config", "set", "kamailio.url", "--value-stdin"], { stdin });
    expect(answer).toMatchObject({ value: "mysql://hermes:***@db1:3306/kamailio" });
    expect(text()).toContain("hermes:hush@db1");
  });

  it("what can't be written or read is refused", async () => {
    for (const config of [home.folder, "/dev/null/config.toml", "/proc/none/config.toml"]) {
      const answer = await set("defaults.domain", "example.org", "--config", config);
      expect(answer).toMatchObject({ status: 3, ...refused("error", "config", config) });
    }
  });

  it("--site makes and changes a site, config show says which applies", async () => {
    write('[kamailio]\nurl = "sqlite:///srv/oslo.db" # Oslo\n');
    const url = `sqlite://${join(home.folder, "lab.db")}`;
    const lab = ["--site", "lab"];
    expect(await set("defaults.permission", "63", ...lab)).toMatchObject(
      refused("error", "config", "sites.lab.kamailio.url"),
    );
    expect(await set("kamailio.url", url, ...lab)).toMatchObject({ response: "ok", site: "lab" });
    expect(await set("defaults.permission", "63", ...lab)).toMatchObject({ response: "ok" });
    expect(text()).toBe(
      `[kamailio]\nurl = "sqlite:///srv/oslo.db" # Oslo\n\n[sites.lab.kamailio]\nurl = "${url}"\n\n[sites.lab.defaults]\npermission = 63\n`,
    );
    const shown = { site: "lab", kamailio: { url }, defaults: { permission: 63 } };
    expect(await hermes(["config", "show", ...lab])).toMatchObject(shown);
    const env = { HERMES_SITE: "lab" };
    expect(await hermes(["config", "show"], { env })).toMatchObject(shown);
    expect(await hermes(["config", "show"])).toMatchObject({
      ...{ site: null, kamailio: { url: "sqlite:///srv/oslo.db" } },
    });
    expect(await hermes(["--site", "lba", "user", "list"])).toMatchObject({
      ...{ status: 3, ...refused("error", "config", "Did you mean lab") },
    });
  });

  describe("config unset", () => {
    const unset = (key: string, ...flags: string[]) => hermes(["config", "unset", key, ...flags]);

    it("takes a setting out, and its default applies; all else stays", async () => {
      write("# Ours\n[defaults]\n# of accounts\npermission = 63 # many\ndomain = 'a.test'\n");
      chmodSync(file(), 0o640);
      expect(await unset("defaults.permission")).toEqual({
        ...{ status: 0, response: "ok", config: file(), site: null, key: "defaults.permission" },
      });
      expect(text()).toBe("# Ours\n[defaults]\n# of accounts\ndomain = 'a.test'\n");
      expect(statSync(file()).mode & 0o777).toBe(0o640);
      expect(await hermes(["config", "show"])).toMatchObject({
        defaults: { permission: 7, domain: "a.test" },
      });
    });

    it("can be tried out", async () => {
      write("[defaults]\npermission = 63\n");
      expect(await unset("defaults.permission", "--dry-run")).toMatchObject({ dry_run: true });
      expect(text()).toBe("[defaults]\npermission = 63\n");
    });

    it("is of one site", async () => {
      const lab = "[sites.lab.kamailio]\nurl = 'sqlite:///srv/lab.db'\n";
      write(`[defaults]\npermission = 1\n${lab}[sites.lab.defaults]\npermission = 2\n`);
      expect(await unset("defaults.permission", "--site", "lab")).toMatchObject({ site: "lab" });
      expect(text()).toBe(`[defaults]\npermission = 1\n${lab}[sites.lab.defaults]\n`);
    });

    it("mends a file whose value is none", async () => {
      write('[auth]\nmode = "open"\nkey_lifetime = 60\n');
      expect(await unset("auth.mode")).toMatchObject({ response: "ok" });
      expect(text()).toBe("[auth]\nkey_lifetime = 60\n");
    });

    it.each([
      ["auth.mode", failed("nonexistant", "does not set auth.mode"), 1],
      ["auth", invalid("parameters", "no setting"), 2],
      ["provisioning.ulr", invalid("parameters", "Did you mean provisioning.url"), 2],
      ["kamailio.url", invalid("parameters", "kamailio.url is not"), 2],
    ])("refuses %s, and leaves the file as it is", async (key, refusal, status) => {
      const toml = "[kamailio]\nurl = 'sqlite:///k.db'\n[provisioning]\nurl = 'sqlite:///p.db'\n";
      write(toml);
      expect(await unset(key)).toMatchObject({ status, ...refusal });
      expect(text()).toBe(toml);
    });

    it("where there is no file there is nothing to take out", async () => {
      expect(await unset("auth.mode")).toMatchObject({ status: 1, ...failed("nonexistant") });
      expect(existsSync(file())).toBe(false);
    });
  });

  it("a node works on the site that is picked", async () => {
    const [oslo, lab] = ["oslo", "lab"].map((name) => join(home.folder, `${name}.db`));
    write(
      `[kamailio]\nurl = "sqlite://${oslo}"\n[sites.lab.kamailio]\nurl = "sqlite://${lab}"\n[sites.lab.defaults]\ndomain = "lab.test"\n`,
    );
    await hermes(["db", "migrate"]);
    await hermes(["db", "migrate", "--site", "lab"]);
    await hermes(["domain", "add", "oslo.test"]);
    await hermes(["domain", "add", "lab.test", "--site", "lab"]);
    expect(await hermes(["domain", "list"])).toMatchObject({ list: ["oslo.test"] });
    expect(await hermes(["domain", "list", "--site", "lab"])).toMatchObject({ list: ["lab.test"] });
    const add = ["user", "add-local", "alice", "--displayname", "A", "--email", "a@mail.test"];
    expect(await hermes(add)).toMatchObject(failed("invalid"));
    expect(await hermes([...add, "--site", "lab"])).toMatchObject({ user: { domain: "lab.test" } });
  });
});
