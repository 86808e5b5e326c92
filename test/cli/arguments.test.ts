import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main";
import { failed, invalid } from "../support/answers";
import { onlyObject, runJson } from "../support/hermes-process";
import { type Site, startSite } from "../support/site";
import { fakeIo } from "./output/fake-io";

const ALICE = "alice@example.org";
const MAC = "f00ba2ba5c00";

/** How a command line is read: the same whatever the spelling. In-process, but for stdin. */
describe("arguments", () => {
  let site: Site;
  const json = async (...args: string[]) => {
    const io = fakeIo({ env: { ...site.env } });
    await main([...args, "--json"], io);
    return onlyObject(io.out(), io.err());
  };

  beforeAll(async () => {
    site = await startSite("embedded");
    await site.reset();
    await site.ok("user/add_local", { user: ALICE, displayname: "Alice", email: "a@mail.test" });
    await site.ok("phone/add", { user: ALICE, mac: MAC });
  });
  afterAll(() => site.stop());

  it.each([
    [[ALICE]],
    [["--user", ALICE]],
    [[`--user=${ALICE}`]],
    [[`sip:${ALICE}`]],
    [["--user", `sip:${ALICE}`]],
    [["--username", "alice", "--domain", "example.org"]],
    [["--domain", "EXAMPLE.org", "--username=alice"]],
  ])("user get %j", async (args) => {
    expect(await json("user", "get", ...args)).toMatchObject({
      response: "ok",
      user: { username: "alice" },
    });
  });

  it("takes global flags before the node, between its words and after it", async () => {
    for (const args of [
      ["--yes", "--no-input", "user", "get", ALICE],
      ["user", "--quiet", "get", ALICE],
      ["user", "get", "--no-color", ALICE, "--show-secrets", "--verbose"],
    ]) {
      expect(await json(...args)).toMatchObject({ response: "ok" });
      const io = fakeIo({ env: { ...site.env } });
      await main(["--json", ...args], io);
      expect(onlyObject(io.out())).toMatchObject({ response: "ok" });
    }
  });

  it("takes underscores in nodes and flags", async () => {
    const servers = ["--registrar", "a.test", "--proxy", "a.test", "--p-port", "5061"];
    for (const node of ["set_servers", "set-servers"]) {
      for (const flags of [
        ["--r_port", "5062", "--prov_url", "https://a.test/"],
        ["--r-port", "5062", "--prov-url", "https://a.test/"],
      ]) {
        const answer = await json("domain", node, "example.org", ...servers, ...flags);
        expect(answer).toMatchObject({ response: "ok", servers: { r_port: 5062, p_port: 5061 } });
      }
    }
  });

  it("takes phone get either way, positionally or by flag", async () => {
    const byMac = { response: "ok", list: [ALICE] };
    const byUser = { response: "ok", list: [MAC] };
    expect(await json("phone", "get", "F0:0B:A2:BA:5C:00")).toEqual(byMac);
    expect(await json("phone", "get", "--mac", MAC)).toEqual(byMac);
    expect(await json("phone", "get", ALICE)).toEqual(byUser);
    expect(await json("phone", "get", "--user", ALICE)).toEqual(byUser);
    expect(await json("phone", "get", `sip:${ALICE}`)).toEqual(byUser);
    expect(await json("phone", "get", "nonsense")).toEqual(failed("invalid", "nonsense"));
    expect(await json("phone", "get", MAC, ALICE)).toEqual(invalid("parameters"));
    expect(await json("phone", "get")).toEqual(invalid("parameters"));
  });

  it("takes an alias in two parts beside its destination", async () => {
    const answer = { response: "ok", alias: "4224@example.org", destination: ALICE };
    const parts = ["--alias-username", "4224", "--alias-domain", "example.org"];
    expect(await json("alias", "add", ...parts, ALICE)).toEqual(answer);
    expect(await json("alias", "remove", ...parts)).toMatchObject({ response: "ok" });
    expect(await json("alias", "add", ...parts, "--destination", ALICE)).toEqual(answer);
    expect(await json("alias", "list", "--alias", "4224@example.org")).toMatchObject({
      aliases: [{ destination: ALICE }],
    });
    expect(await json("alias", "list", "--destination", ALICE, "--e164")).toMatchObject({
      aliases: [],
    });
  });

  it("refuses an address that is given twice", async () => {
    const twice = ["--username", "alice", "--domain", "example.org"];
    expect(await json("user", "get", ALICE, ...twice)).toEqual(invalid("parameters"));
    expect(await json("user", "get", "--user", ALICE, ...twice)).toEqual(invalid("parameters"));
  });

  it("takes switches and numbers", async () => {
    expect(await json("permission", "set", ALICE, "--flags", "voip", "--add")).toMatchObject({
      permission: 15,
    });
    expect(await json("permission", "set", ALICE, "--permission", "-1")).toEqual(
      invalid("parameters", "-1"),
    );
    expect(await json("user", "forward", ALICE, "--to", "+47 12345000")).toMatchObject({
      forward: "+4712345000",
    });
    expect(await json("user", "forward", ALICE, "--off")).toMatchObject({ forward: null });
  });

  it("takes a value that looks like a flag, and words behind --", async () => {
    await json("user", "update", ALICE, "--displayname=--json");
    expect(await json("user", "get", ALICE)).toMatchObject({ user: { displayname: "--json" } });
    const io = fakeIo({ env: { ...site.env } });
    await main(["--json", "user", "get", "--", ALICE], io);
    expect(onlyObject(io.out())).toMatchObject({ response: "ok" });
  });

  it("takes the last of a flag that stands twice", async () => {
    expect(await json("user", "get", "--user", "bob@example.org", "--user", ALICE)).toMatchObject({
      response: "ok",
    });
  });

  describe("--password-stdin", () => {
    const change = (stdin: string, ...args: string[]) =>
      runJson(["user", "change-pw", ALICE, ...args], { env: site.env, stdin });

    it("reads the first line", async () => {
      expect(await change("n3w secret\nmore\n", "--password-stdin")).toMatchObject({
        status: 0,
        envelope: { response: "ok", detail: expect.any(String) },
      });
      expect(await site.sql("SELECT password FROM {subscriber}")).toEqual([
        { password: "n3w secret" },
      ]);
      expect((await change("windows\r\n", "--password_stdin")).status).toBe(0);
      expect(await site.sql("SELECT password FROM {users}")).toEqual([{ password: "windows" }]);
    });

    it("refuses an empty input, and a password from both sides", async () => {
      const empty = await change("", "--password-stdin");
      expect(empty).toMatchObject({ status: 2, envelope: invalid("parameters", "password") });
      const both = await change("x\n", "--password-stdin", "--password", "y");
      expect(both).toMatchObject({ status: 2, envelope: invalid("parameters") });
    });

    it("does not repeat a password that it refuses", async () => {
      const { envelope } = await change("pässword\n", "--password-stdin");
      expect(envelope).toEqual(invalid("parameters", "password"));
      expect(envelope.detail).not.toMatch(/ssword"|päss/);
    });
  });
});
