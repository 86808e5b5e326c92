import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runHermes, runJson } from "../support/hermes-process";
import { temporaryHome } from "../support/temporary-home";

/** No configuration at all: the embedded database. */
describe("the embedded database", () => {
  let home: Awaited<ReturnType<typeof temporaryHome>>;
  const run = (...args: string[]) => runHermes(args, { env: home.env });
  const json = (...args: string[]) => runJson(args, { env: home.env });
  const file = () => join(home.folder, "data", "hermes", "hermes.db");

  beforeEach(async () => {
    home = await temporaryHome();
  });
  afterEach(() => home.remove());

  const write = ["numbers", "add", "+4712345000"];

  it("is made by the first write, for its owner only, and a note says so once", async () => {
    const first = await run(...write);
    expect(first.status).toBe(0);
    expect(first.stderr).toContain(file());
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(join(file(), "..")).mode & 0o077).toBe(0);
    expect((await run("numbers", "remove", "+4712345000")).stderr).not.toContain(file());
  });

  it.each([
    [["user", "list"]],
    [["user", "export"]],
    [["db", "status"]],
    [["user", "get", "alice@example.org"]],
  ])("is not made by a read: %j answers error/config and says what to run", async (argv) => {
    const { status, envelope } = await json(...argv);
    expect([status, envelope.response, envelope.cause]).toEqual([3, "error", "config"]);
    expect(envelope.detail).toMatch(/hermes init\b.*hermes quickstart/);
    expect(existsSync(join(home.folder, "data"))).toBe(false);
  });

  it("is not made by a batch that only reads, but by one that writes", async () => {
    const batch = (...nodes: object[]) =>
      runHermes(["batch"], {
        env: home.env,
        stdin: nodes.map((n) => JSON.stringify(n)).join("\n"),
      });
    const read = { node: "user/list" };
    const reading = await batch(read);
    expect(reading).toMatchObject({ status: 3, stdout: expect.stringContaining('"config"') });
    expect(existsSync(file())).toBe(false);
    const writing = await batch(read, { node: "numbers/add", params: { number: "+4712345000" } });
    expect(writing.status).toBe(0);
  });

  it("is made by db migrate, with its folder", async () => {
    expect((await run("db", "migrate")).status).toBe(0);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(await json("user", "list")).toMatchObject({ status: 0, envelope: { list: [] } });
  });

  it("names kamctl's own file where there is one", async () => {
    const kamctlrc = join(home.folder, ".kamctlrc");
    writeFileSync(kamctlrc, "DBENGINE=MYSQL\n");
    expect((await run("user", "list")).stderr).toContain(kamctlrc);
  });

  it("lies in ~/.local/share without XDG_DATA_HOME", async () => {
    const { HOME } = home.env;
    await runHermes(write, { env: { HOME } });
    expect(statSync(join(HOME, ".local/share/hermes/hermes.db")).isFile()).toBe(true);
  });

  it("gets domains with default servers from init, and keeps what exists", async () => {
    const domains = ["--domain", "example.org", "--domain", "Example.COM"];
    const made = await json("init", "--embedded", ...domains);
    expect(made).toMatchObject({
      status: 0,
      envelope: { response: "ok", domains: ["example.com", "example.org"] },
    });
    expect(made.envelope).toHaveProperty("config");
    const servers = {
      registrar: "example.org",
      r_port: 5060,
      proxy: "example.org",
      p_port: 5060,
      prov_url: "https://example.org/hermes/prov",
    };
    expect(await json("domain", "get-servers", "example.org")).toMatchObject({
      envelope: { servers },
    });
    await run(
      ...["domain", "set-servers", "example.org", "--registrar", "sip.test", "--r-port", "5061"],
      ...["--proxy", "sip.test", "--p-port", "5061", "--prov-url", "https://sip.test/"],
    );
    const again = await json("init", "--embedded", ...domains, "--domain", "third.test");
    expect(again.envelope).toMatchObject({ domains: ["example.com", "example.org", "third.test"] });
    expect(await json("domain", "get-servers", "example.org")).toMatchObject({
      envelope: { servers: { registrar: "sip.test", r_port: 5061 } },
    });
  });

  it("runs the quickstart, and again over what is there already", async () => {
    const first = await run("quickstart");
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toMatch(/\$ hermes user add-local alice@example\.org/);
    expect(first.stdout).toMatch(/\$ hermes numbers add-range/);
    expect(first.stdout).not.toMatch(/\[(failed|invalid|error)\//);
    const second = await run("quickstart");
    expect(second).toMatchObject({ status: 0, stderr: "" });
    expect(second.stdout).toMatch(/failed\/exists/);
    expect(second.stdout).not.toMatch(/\[(invalid|error)\//);
  });

  it("is left alone by a quickstart for another domain", async () => {
    await run("quickstart");
    const other = await run("quickstart", "example.com");
    expect(other.status).toBe(0);
    expect(other.stdout).toMatch(/alice@example\.com/);
    const { envelope } = await json("domain", "list");
    expect(envelope).toEqual({ response: "ok", list: ["example.com", "example.org"] });
  });

  it("is used at once by many who find it missing", async () => {
    const runs = await Promise.all(
      Array.from({ length: 10 }, () => json("init", "--embedded", "--domain", "example.org")),
    );
    for (const { status, envelope } of runs) {
      expect([status, envelope]).toEqual([0, expect.objectContaining({ response: "ok" })]);
    }
    expect((await json("domain", "list")).envelope).toEqual({
      response: "ok",
      list: ["example.org"],
    });
  });
});

describe("configuration, as a process finds it", () => {
  let home: Awaited<ReturnType<typeof temporaryHome>>;
  beforeEach(async () => {
    home = await temporaryHome();
  });
  afterEach(() => home.remove());

  it("prefers the flag, then $HERMES_CONFIG, then the user's file; the environment's URL to any file's", async () => {
    const length = async (args: string[], env: Record<string, string> = {}) =>
      (await runHermes(["user", "gen-pw", ...args], { env: { ...home.env, ...env } })).stdout.trim()
        .length;
    const config = (path: string, characters: number) => {
      const file = join(home.folder, path);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, `[defaults]\npassword_length = ${characters}\n`);
      return file;
    };
    expect(await length([])).toBe(24);
    config("config/hermes/config.toml", 11);
    expect(await length([])).toBe(11);
    const named = config("named.toml", 12);
    expect(await length([], { HERMES_CONFIG: named })).toBe(12);
    const flag = config("flag.toml", 13);
    expect(await length(["--config", flag], { HERMES_CONFIG: named })).toBe(13);

    const inFile = join(home.folder, "file.db");
    const inEnvironment = join(home.folder, "environment.db");
    writeFileSync(flag, `[kamailio]\nurl = "sqlite://${inFile}"\n`);
    const env = { ...home.env, HERMES_KAMAILIO_URL: `sqlite://${inEnvironment}` };
    await runHermes(["--config", flag, "user", "list"], { env });
    expect(readFileSync(inEnvironment).length).toBeGreaterThan(0);
    expect(() => statSync(inFile)).toThrow();
    await runHermes(["--config", flag, "user", "list"], { env: home.env });
    expect(statSync(inFile).mode & 0o777).toBe(0o600);
  });
});
