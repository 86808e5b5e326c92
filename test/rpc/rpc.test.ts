import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Hermes, openHermes } from "../../src/hermes";
import type { Envelope } from "../../src/model/envelope";
import { type Kamailio, startKamailio } from "../e2e/kamailio";
import { failed } from "../support/answers";
import { freePort } from "../support/free-port";
import { DOMAIN, type Site, startSite } from "../support/site";

let site: Site;
let kamailio: Kamailio;
let httpPort: number;
const opened: Hermes[] = [];

beforeAll(async () => {
  site = await startSite("embedded");
  await site.reset();
  for (const name of ["alice", "bob", "gone"]) {
    const user = `${name}@${DOMAIN}`;
    await site.ok("user/add_local", { user, displayname: name, email: "a@mail.test" });
  }
  httpPort = await freePort();
  const { kamailio: location } = site.config;
  kamailio = await startKamailio({
    dbUrl: `sqlite://${location.kind === "sqlite" ? location.file : ""}`,
    defines: [`RPC_HTTP_PORT=${httpPort}`, "USRLOC_DB_MODE=1"],
  });
});
afterAll(async () => {
  for (const hermes of opened) await hermes.close();
  await kamailio?.stop();
  await site?.stop();
});

/** The core with a way to the running Kamailio. */
function on(rpc: string | undefined): Hermes {
  const hermes = openHermes({ ...site.config, rpc });
  opened.push(hermes);
  return hermes;
}

const register = (name: string, port: number, expires: number) => {
  const path = "<sip:127.0.0.1;lr>";
  const contact = `sip:${name}@127.0.0.1:${port}`;
  const address = `${name}@${DOMAIN}`;
  return kamailio.rpc("ul.add", ["location", address, contact, expires, 1, path, 0, 0, 4095]);
};

const transports: [string, () => string][] = [
  ["unix", () => `unix:${kamailio.rpcSocket}`],
  ["fifo", () => `fifo:${join(kamailio.runFolder, "kamailio_rpc.fifo")}`],
  ["http", () => `http://127.0.0.1:${httpPort}/RPC`],
];

describe.each(transports)("by %s", (_, address) => {
  test("user location --live shows what usrloc has in memory", async () => {
    const hermes = on(address());
    await register("alice", 5999, 300);
    await register("alice", 6000, 0);
    const answer = await hermes.call("user/location", { user: `alice@${DOMAIN}`, live: true });
    const locations = answer.locations as { contact: string; expires: number }[];
    const [first, second] = locations.toSorted((a, b) => a.contact.localeCompare(b.contact));
    expect(first).toEqual({
      contact: "sip:alice@127.0.0.1:5999",
      useragent: "kamailio SIP Router - RPC Server",
      expires: expect.any(Number),
    });
    expect(Math.abs((first?.expires ?? 0) - (Date.now() / 1000 + 300))).toBeLessThan(4);
    expect(second).toMatchObject({ contact: "sip:alice@127.0.0.1:6000", expires: 0 });
  });

  test("the table may say otherwise", async () => {
    const hermes = on(address());
    await register("bob", 5999, 300);
    await site.sql("DELETE FROM {location} WHERE username = 'bob'");
    const user = `bob@${DOMAIN}`;
    expect(await hermes.call("user/location", { user })).toMatchObject(failed("offline"));
    expect(await hermes.call("user/location", { user, live: true })).toMatchObject({
      locations: [{ contact: "sip:bob@127.0.0.1:5999" }],
    });
  });

  test("user kick ends registrations, and says where there is none", async () => {
    const hermes = on(address());
    const user = `alice@${DOMAIN}`;
    await kamailio.rpc("ul.rm", ["location", user]);
    await register("alice", 5999, 300);
    expect(await hermes.call("user/kick", { user }, undefined, { dryRun: true })).toMatchObject({
      removed: ["sip:alice@127.0.0.1:5999"],
      dry_run: true,
    });
    expect(await hermes.call("user/kick", { user })).toEqual({
      response: "ok",
      user,
      removed: ["sip:alice@127.0.0.1:5999"],
    });
    expect(await hermes.call("user/kick", { user })).toMatchObject(failed("offline"));
    expect(await hermes.call("user/location", { user, live: true })).toMatchObject(
      failed("offline"),
    );
    expect(await hermes.call("user/kick", { user: `nobody@${DOMAIN}` })).toMatchObject(
      failed("nonexistant"),
    );
  });

  test("domain list --live tells what Kamailio has not loaded yet, and what it still has", async () => {
    const hermes = on(address());
    const all = await hermes.call("domain/list", { live: true });
    expect(all).toMatchObject({ missing: [], removed: [] });
    expect(all.loaded).toEqual(all.list);
    await site.sql("INSERT INTO {domain} (domain) VALUES ('new.example')");
    await site.sql("DELETE FROM {domain} WHERE domain = ?", [DOMAIN]);
    try {
      expect(await hermes.call("domain/list", { live: true })).toMatchObject({
        missing: ["new.example"],
        removed: [DOMAIN],
      });
    } finally {
      await site.sql("DELETE FROM {domain} WHERE domain = 'new.example'");
      await site.sql("INSERT INTO {domain} (domain) VALUES (?)", [DOMAIN]);
    }
    expect((await hermes.call("domain/list")).loaded).toBeUndefined();
  });
});

describe("domains", () => {
  const domain = "added.example";
  const loaded = async (hermes: Hermes) =>
    (await hermes.call("domain/list", { live: true })).loaded as string[];

  test("are served as soon as they are added, and no longer once they are removed", async () => {
    const hermes = on(`unix:${kamailio.rpcSocket}`);
    const tried = await hermes.call("domain/add", { domain }, undefined, { dryRun: true });
    expect(tried).toMatchObject({ response: "ok", reloaded: false });
    expect(await loaded(hermes)).not.toContain(domain);
    const added = await hermes.call("domain/add", { domain });
    expect(added).toMatchObject({ response: "ok", reloaded: true });
    expect(added.detail).toBeUndefined();
    expect(await loaded(hermes)).toContain(domain);
    expect(await hermes.call("domain/remove", { domain })).toMatchObject({ reloaded: true });
    expect(await loaded(hermes)).not.toContain(domain);
  });

  test("of a batch are served once all of it is certain", async () => {
    const hermes = on(`unix:${kamailio.rpcSocket}`);
    const batch = (node: string) =>
      hermes.batch(
        ["a.example", "b.example"].map((domain) => ({ node, params: { domain } })),
        { name: "tester" },
      );
    const told = expect.objectContaining({ response: "ok", reloaded: true });
    expect(await batch("domain/add")).toEqual([told, told]);
    expect(await loaded(hermes)).toEqual(expect.arrayContaining(["a.example", "b.example"]));
    expect(await batch("domain/remove")).toEqual([told, told]);
  });

  test("domain reload tells Kamailio what other tools have done", async () => {
    const hermes = on(`unix:${kamailio.rpcSocket}`);
    await site.sql("INSERT INTO {domain} (domain) VALUES (?)", [domain]);
    expect(await hermes.call("domain/reload")).toEqual({ response: "ok", reloaded: true });
    expect(await loaded(hermes)).toContain(domain);
    await hermes.call("domain/remove", { domain });
  });

  test("are added all the same where nobody answers, which is said", async () => {
    const hermes = on("unix:/nowhere/kamailio_rpc.sock");
    expect(await hermes.call("domain/add", { domain })).toMatchObject({
      ...{ response: "ok", reloaded: false },
      detail: expect.stringMatching(/kamcmd domain\.reload.*\/nowhere/),
    });
    expect(await hermes.call("domain/remove", { domain })).toMatchObject({ reloaded: false });
  });
});

describe("a removed account's last registration", () => {
  test("can still be ended", async () => {
    const hermes = on(`unix:${kamailio.rpcSocket}`);
    await register("gone", 5999, 300);
    await site.ok("user/remove", { user: `gone@${DOMAIN}` });
    expect(await hermes.call("user/kick", { user: `gone@${DOMAIN}` })).toMatchObject({
      response: "ok",
    });
  });
});

describe("what ends an account's registrations", () => {
  const user = `leaver@${DOMAIN}`;
  const ways: [string, Record<string, unknown>][] = [
    ["user/change_pw", { password: "another" }],
    ["user/disable", {}],
    ["user/rename", { to: `left@${DOMAIN}` }],
    ["user/remove", {}],
  ];
  const inMemory = () => kamailio.rpc("ul.lookup", ["location", user]);

  beforeEach(async () => {
    await site.ok("user/add_local", { user, displayname: "L", email: "l@mail.test" });
    await register("leaver", 5999, 300);
  });
  afterEach(async () => {
    for (const name of ["leaver", "left"]) {
      await site.call("user/remove", { user: `${name}@${DOMAIN}` });
    }
    await kamailio.rpc("ul.rm", ["location", user]);
  });

  test.each(ways)(
    "%s ends them in the running Kamailio, and so need not warn",
    async (node, more) => {
      const hermes = on(`unix:${kamailio.rpcSocket}`);
      const answer = await hermes.call(node, { user, ...more });
      expect(answer).toMatchObject({ response: "ok" });
      expect(answer.detail ?? "").not.toContain("may still hold");
      await expect(inMemory()).rejects.toThrow(/not found/i);
    },
  );

  test.each(ways)("%s warns where Kamailio gives no answer, and is done", async (node, more) => {
    const hermes = on("unix:/nowhere/kamailio_rpc.sock");
    expect(await hermes.call(node, { user, ...more })).toMatchObject({
      response: "ok",
      detail: expect.stringMatching(
        /may still hold a registration of leaver@.*nowhere.*No such file/,
      ),
    });
    expect(await inMemory()).toMatchObject({ AoR: user });
  });

  test("what is only tried ends none", async () => {
    const hermes = on(`unix:${kamailio.rpcSocket}`);
    const tried = await hermes.call("user/remove", { user }, undefined, { dryRun: true });
    expect(tried).toMatchObject({ response: "ok", dry_run: true });
    expect(await inMemory()).toMatchObject({ AoR: user });
  });

  test("a batch ends each, and an account that is left in peace stays registered", async () => {
    const hermes = on(`unix:${kamailio.rpcSocket}`);
    await register("bob", 6001, 300);
    const answers = await hermes.batch(
      [
        { node: "user/change_pw", params: { user, password: "another" } },
        { node: "user/update", params: { user: `bob@${DOMAIN}`, displayname: "B" } },
        { node: "user/remove", params: { user: `nobody@${DOMAIN}` } },
      ],
      { name: "test" },
    );
    expect(answers.map(({ response }) => response)).toEqual(["ok", "ok", "failed"]);
    await expect(inMemory()).rejects.toThrow(/not found/i);
    expect(await kamailio.rpc("ul.lookup", ["location", `bob@${DOMAIN}`])).toBeTruthy();
  });

  test("of many in a batch, a Kamailio that is silent is asked once", async () => {
    let asked = 0;
    const server = createServer((_, answer) => {
      asked++;
      answer.destroy();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const hermes = on(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const change = { node: "user/change_pw", params: { user, generate: true } };
    const answers = await hermes.batch([change, change, change], { name: "test" });
    for (const answer of answers) expect(answer.detail).toContain("may still hold");
    expect(asked).toBe(1);
    server.close();
  });
});

describe("nobody to ask", () => {
  const asked = (rpc: string | undefined): Promise<Envelope[]> => {
    const hermes = on(rpc);
    return Promise.all([
      hermes.call("user/location", { user: `alice@${DOMAIN}`, live: true }),
      hermes.call("user/kick", { user: `alice@${DOMAIN}` }),
      hermes.call("domain/list", { live: true }),
      hermes.call("domain/reload"),
    ]);
  };

  test("nothing configured: says what to add", async () => {
    for (const answer of await asked(undefined)) {
      expect(answer).toMatchObject(failed("norpc", /rpc = "unix:\/run\/kamailio/));
    }
  });

  test.each([
    ["unix:/nowhere/kamailio_rpc.sock", /No such file/],
    ["fifo:/nowhere/kamailio_rpc.fifo", /ENOENT|no such file/],
    ["http://127.0.0.1:9/RPC", /ECONNREFUSED|bad port/],
  ])("%s", async (address, why) => {
    for (const answer of await asked(address)) {
      expect(answer).toMatchObject(failed("norpc", why));
      expect(answer.detail).toContain(address);
    }
  });

  test("an address that is none is the configuration's fault", async () => {
    expect((await asked("kamailio:5060"))[2]).toMatchObject({ response: "error", cause: "config" });
  });

  test("a web server that is not Kamailio's", async () => {
    const server: Server = createServer((_, answer) => answer.end("<html>")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const [answer] = await asked(`http://127.0.0.1:${port}/`);
    expect(answer).toMatchObject(failed("norpc", /no JSON-RPC/));
    server.close();
  });

  test("what Kamailio refuses is said in its own words", async () => {
    const server = createServer((_, answer) =>
      answer.writeHead(500).end('{"error":{"code":500,"message":"Method Not Found"}}'),
    ).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    for (const answer of await asked(`http://127.0.0.1:${port}/`)) {
      expect(answer).toMatchObject(failed("norpc", /Method Not Found/));
    }
    server.close();
  });
});
