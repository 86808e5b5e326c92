import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decoded } from "../../src/changes/encoded";
import { json } from "../bulk/command-line";
import { failed, invalid } from "../support/answers";
import { DOMAIN, type Row, type Site, useSite } from "../support/site";

const ALICE = `alice@${DOMAIN}`;
const CAROL = "carol@provider.test";
const NUMBER = "+4712345000";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hermes-backup-"));
  file = join(folder, "hermes.backup");
});
afterAll(() => rm(folder, { recursive: true }));

/** A site with one thing at least of every kind. */
async function furnish(site: Site): Promise<void> {
  const { ok } = site;
  await ok("user/add_local", { user: ALICE, displayname: "Ålice ☎", email: "alice@mail.test" });
  await ok("user/add_remote", {
    ...{ user: CAROL, password: "an outside secret", displayname: "C", registrar: "sip.test" },
  });
  await ok("user/add_local", { user: `dora@${DOMAIN}`, displayname: "D", email: "d@mail.test" });
  await ok("user/disable", { user: `dora@${DOMAIN}` });
  await ok("numbers/add_range", { start: NUMBER, end: "+4712345999" });
  await ok("numbers/assign", { number: NUMBER, user: ALICE });
  await ok("numbers/reserve", { number: "+4712345001", note: "for the lift" });
  await ok("alias/add", { alias: `desk@${DOMAIN}`, destination: ALICE });
  await ok("phone/add", { user: ALICE, mac: "f00ba2ba5c00" });
  await ok("phone/set", { mac: "f00ba2ba5c00", vendor: "baresip" });
  await ok("user/forward", { user: ALICE, to: "+4712345999" });
  await ok("permission/set", { user: ALICE, permission: 63 });
  await ok("auth/add_user", { username: "olga", generate: true });
  await ok("auth/new_apikey", { host_ip: "192.0.2.1", access: "full_read" });
  await ok("extension/set_managing_user", { extension: ALICE, username: "olga" });
  await ok("extension/grant", { extension: CAROL, username: "olga", pickup: true });
  await site.sql(
    "INSERT INTO {grp} (username, domain, grp, last_modified) VALUES ('alice', ?, 'ld', '2026-01-01 00:00:00')",
    [DOMAIN],
  );
  await site.sql(
    "INSERT INTO {last_seen} (username, domain, seen) VALUES ('alice', ?, 1790000000)",
    [DOMAIN],
  );
}

/** What nodes say of a site. */
async function said(site: Site): Promise<unknown[]> {
  const calls: [string, Row?][] = [
    ...[ALICE, CAROL, `dora@${DOMAIN}`].map((user): [string, Row] => ["user/show", { user }]),
    ["user/list"],
    ["numbers/list"],
    ["numbers/list", { state: "all" }],
    ["numbers/show", { number: "+4712345001" }],
    ["alias/list"],
    ["phone/get", { user: ALICE }],
    ["user/forward", { user: ALICE }],
    ["domain/get_servers", { domain: DOMAIN }],
    ["permission/get", { user: ALICE }],
    ["auth/list_users"],
    ["auth/list_apikeys"],
    ["extension/get_managing_user", { extension: ALICE }],
    ["extension/permissions", { username: "olga" }],
  ];
  const answers: unknown[] = [];
  for (const [node, params] of calls) answers.push([node, await site.ok(node, params)]);
  return answers;
}

const backup = (site: Site) => json(site, ["db", "backup", file]);
const restore = (site: Site, ...flags: string[]) => json(site, ["db", "restore", file, ...flags]);
const counts = {
  ...{ domain: 2, servers: 1, operator: 1, apiKey: 1, subscriber: 2, user: 3, attribute: 1 },
  ...{ group: 1, disabled: 1, seen: 1, alias: 2, phone: 1, phoneModel: 1, manager: 1, rights: 1 },
  ...{ number: 998, heldNumber: 1 },
};

describe.each([
  ["embedded", "v7"],
  ["embedded", "v6"],
  ["v7", "embedded"],
  ["v6", "permittedcalls"],
] as const)("from %s to %s", (from, to) => {
  const source = useSite(from);
  const target = useSite(to);

  it("moves a site: nodes answer the same before and after", async () => {
    await furnish(source());
    const before = await said(source());
    expect(await backup(source())).toEqual({ response: "ok", file, format: 1, counts });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await restore(target())).toEqual({ response: "ok", file, format: 1, counts });
    expect(await said(target())).toEqual(before);
    // A site that was restored is backed up as what it was restored from.
    const things = async () => {
      const lines = gunzipSync(await readFile(file))
        .toString()
        .split("\n")
        .slice(1, -2);
      return lines
        .flatMap(decoded)
        .map((thing) => JSON.stringify(thing))
        .sort();
    };
    const first = await things();
    await backup(target());
    expect(await things()).toEqual(first);
  });
});

describe.each(["embedded", "v7"] as const)("%s: db restore", (shape) => {
  const site = useSite(shape);
  beforeEach(async () => {
    await furnish(site());
    await backup(site());
  });

  it("is refused where there is something, but with --replace", async () => {
    await site().ok("user/remove", { user: CAROL });
    await site().ok("user/add_local", {
      user: `new@${DOMAIN}`,
      displayname: "N",
      email: "n@b.test",
    });
    const before = await site().snapshot();
    expect(await restore(site())).toEqual(failed("exists", "subscriber, user.*--replace"));
    expect(await restore(site(), "--replace", "--dry-run")).toMatchObject({ dry_run: true });
    expect(await site().snapshot()).toBe(before);
    expect(await restore(site(), "--replace")).toMatchObject({ response: "ok", counts });
    const { list } = await site().ok("user/list");
    expect(list).toHaveLength(3);
    expect(await site().call("user/get", { user: CAROL })).toMatchObject({ response: "ok" });
  });

  it("is one record, and can be undone", async () => {
    await site().ok("user/remove", { user: CAROL, cascade: true });
    const before = await said2();
    await restore(site(), "--replace");
    const { list } = await site().ok("audit/list", { limit: 1 });
    const [record] = list as Row[];
    expect(record).toMatchObject({ node: "db/restore", subject: file });
    expect(await site().call("audit/undo", { id: record?.id })).toMatchObject({ response: "ok" });
    expect(await said2()).toEqual(before);
  });

  const said2 = async () => [
    await site().ok("user/list"),
    await site().ok("user/show", { user: ALICE }),
    await site().ok("numbers/list", { state: "all" }),
    await site().ok("auth/list_users"),
  ];

  it("leaves numbers out of the pool that are in use", async () => {
    await site().sql(
      "INSERT INTO {dbaliases} (alias_username, alias_domain, username, domain) VALUES ('+4712345002', ?, 'alice', ?)",
      [DOMAIN, DOMAIN],
    );
    await backup(site());
    expect(await restore(site(), "--replace")).toMatchObject({ response: "ok", inuse: 1 });
    expect(await site().call("numbers/inpool", { number: "+4712345002" })).toEqual(
      failed("nonexistant"),
    );
  });

  it.each([
    ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
    ["without its last line", (bytes: Buffer) => repacked(bytes, (lines) => lines.slice(0, -2))],
    ["without a line", (bytes: Buffer) => repacked(bytes, (lines) => lines.toSpliced(3, 1))],
    ["with a bit turned", (bytes: Buffer) => turned(bytes)],
    [
      "with a letter changed",
      (bytes: Buffer) =>
        repacked(bytes, (lines) => lines.map((line) => line.replace("alice", "alicf"))),
    ],
    ["that is empty", () => Buffer.alloc(0)],
    ["that is something else", () => gzipSync("user,displayname\n")],
    ["that is no gzip", () => Buffer.from('{"hermes":"backup"}\n')],
  ])("refuses a file %s before anything is written", async (_what, change) => {
    await writeFile(file, change(await readFile(file)));
    const before = await site().snapshot();
    expect(await restore(site(), "--replace")).toEqual(failed("altered", "altered"));
    expect(await site().snapshot()).toBe(before);
  });

  it("refuses a later format, and what can't be read", async () => {
    const later = repacked(await readFile(file), ([head = "", ...lines]) => [
      head.replace('"format":1', '"format":2'),
      ...lines,
    ]);
    await writeFile(file, later);
    expect(await restore(site())).toEqual(failed("format", "format 2"));
    expect(await json(site(), ["db", "restore", join(folder, "nothing")])).toEqual(
      invalid("parameters", "no such file"),
    );
    expect(await json(site(), ["db", "restore", folder])).toEqual(
      invalid("parameters", "directory"),
    );
  });

  it("has no backup where it can't be written", async () => {
    const answer = await json(site(), ["db", "backup", join(folder, "nowhere", "b")]);
    expect(answer).toMatchObject({ response: "error", cause: "output" });
    expect(answer.detail).toMatch(/no such file or directory/);
  });
});

function repacked(bytes: Buffer, change: (lines: string[]) => string[]): Buffer {
  return gzipSync(change(gunzipSync(bytes).toString().split("\n")).join("\n"));
}

function turned(bytes: Buffer): Buffer {
  const at = Math.floor(bytes.length / 2);
  return Buffer.concat([
    bytes.subarray(0, at),
    Buffer.from([(bytes[at] ?? 0) ^ 1]),
    bytes.subarray(at + 1),
  ]);
}
