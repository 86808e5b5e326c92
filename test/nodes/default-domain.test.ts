import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { userConfigFile } from "../../src/config/paths";
import { type Hermes, openHermes } from "../../src/hermes";
import { json } from "../bulk/command-line";
import { failed, invalid } from "../support/answers";
import { BARE_DOMAIN, DOMAIN, type Shape, useSite } from "../support/site";
import { ALICE, addAlice, addCarol, CAROL } from "./cases/people";

/** With `defaults.domain` an address without a domain is in that one. */
describe.each<Shape>(["embedded", "v7"])("defaults.domain, %s", (shape) => {
  const site = useSite(shape);
  let hermes: Hermes;

  beforeAll(() => {
    const { config } = site();
    hermes = openHermes({ ...config, defaults: { ...config.defaults, domain: DOMAIN } });
    const file = userConfigFile(site().env);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `[defaults]\ndomain = "${DOMAIN}"\n`);
  });
  afterAll(() => hermes.close());
  beforeEach(() => addAlice(site()));

  it.each([
    ["user/get", { user: "alice" }],
    ["user/get", { user: "sip:alice" }],
    ["user/get", { user: " alice " }],
    ["user/get", { user: ALICE }],
    ["user/get", { username: "alice" }],
    ["user/update", { user: "alice", displayname: "A." }],
    ["permission/check", { user: "alice", called: "113" }],
    ["phone/add", { user: "alice", mac: "f00ba2ba5c00" }],
    ["alias/add", { alias: "4224", destination: "alice" }],
    ["numbers/assign", { user: "alice", number: "+4712345000" }],
  ])("%s %j is about alice of that domain", async (node, given) => {
    await site().ok("numbers/add", { number: "+4712345000" });
    expect(await hermes.call(node, given)).toMatchObject({ response: "ok" });
    const [answer] = await hermes.batch([{ node, params: given }], { name: "tester" });
    if (node === "user/get") expect(answer).toMatchObject({ user: { domain: DOMAIN } });
  });

  it("a domain that is given stands", async () => {
    await addCarol(site());
    expect(await hermes.call("user/get", { user: CAROL })).toMatchObject({ response: "ok" });
    const elsewhere = { username: "alice", domain: BARE_DOMAIN };
    expect(await hermes.call("user/get", elsewhere)).toEqual(failed("nonexistant", BARE_DOMAIN));
  });

  it.each(["@", "alice@", "al ice", "x".repeat(65)])("%j is no address", async (user) => {
    expect(await hermes.call("user/get", { user })).toEqual(failed("invalid"));
  });

  it("without it an address needs its domain", async () => {
    expect(await site().call("user/get", { user: "alice" })).toEqual(failed("invalid"));
    expect(await site().call("user/get", { username: "alice" })).toEqual(invalid("parameters"));
  });

  it.each([
    ["user", "get", "alice"],
    ["user", "get", "--username", "alice"],
    ["call", "user/get", "user=alice"],
  ])("hermes %s %s %s", async (...args) => {
    expect(await json(site(), args)).toMatchObject({ user: { username: "alice" } });
  });

  it("phone get takes a name for an account's, and a MAC for a phone's", async () => {
    await site().ok("phone/add", { user: ALICE, mac: "f00ba2ba5c00" });
    expect(await json(site(), ["phone", "get", "alice"])).toMatchObject({ list: ["f00ba2ba5c00"] });
    expect(await json(site(), ["phone", "get", "F00BA2-BA5C00"])).toMatchObject({ list: [ALICE] });
    expect(await json(site(), ["phone", "get", "f0:0b:a2"])).toEqual(failed("invalid", "MAC"));
  });

  it("imports take it as well", async () => {
    const csv = "user,displayname,email\nbob,Bob,bob@mail.test\n";
    expect(await json(site(), ["user", "import"], csv)).toMatchObject({ added: 1 });
    expect(await site().call("user/get", { user: `bob@${DOMAIN}` })).toMatchObject({
      response: "ok",
    });
    const aliases = "alias,destination\n4224,alice\n4225,bob\n";
    expect(await json(site(), ["alias", "import"], aliases)).toMatchObject({ added: 2 });
    const phones = "mac,user\nf00ba2ba5c00,bob\n";
    expect(await json(site(), ["phone", "import"], phones)).toMatchObject({ added: 1 });
  });
});
