import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { register } from "../support/location";
import { DOMAIN, type Shape, shapes, useSite } from "../support/site";
import { imported, json, rejected, run } from "./command-line";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

const lines = (...rows: string[]) => `${rows.join("\n")}\n`;

describe.each(shapes)("%s: user import", (shape: Shape) => {
  const site = useSite(shape);
  const folder = () => site().env.HOME as string;

  it("adds local and remote accounts under the rules of the nodes", async () => {
    const text = lines(
      "username,domain,displayname,email,password,registrar,permittedcalls",
      `alice,${DOMAIN},"Alice ""A"" Ångström",alice@${DOMAIN},s3cret,,`,
      `bob,${DOMAIN.toUpperCase()},,,,sip.other.org,23`,
      "carol,provider.net,Carol,,outside,sip.provider.net,",
    );
    expect(await json(site(), ["user", "import"], text)).toEqual(imported({ read: 3, added: 3 }));

    const { user: alice } = await site().ok("user/get", { user: `alice@${DOMAIN}` });
    expect(alice).toMatchObject({
      type: "local",
      displayname: 'Alice "A" Ångström',
      email: `alice@${DOMAIN}`,
      password: "s3cret",
      ha1: md5(`alice:${DOMAIN}:s3cret`),
      ha1b: md5(`alice@${DOMAIN}:${DOMAIN}:s3cret`),
      authid: "alice",
      registrar: `sip.${DOMAIN}`,
      r_port: 5060,
      proxy: `proxy.${DOMAIN}`,
      p_port: 5070,
      linetext: "alice",
      permittedcalls: null,
    });
    const { user: bob } = await site().ok("user/get", { user: `bob@${DOMAIN}` });
    expect(bob).toMatchObject({
      registrar: "sip.other.org",
      permittedcalls: 23,
      password: expect.stringMatching(/^[A-Za-z2-9]{24}$/),
    });
    const { user: carol } = await site().ok("user/get", { user: "carol@provider.net" });
    expect(carol).toMatchObject({ type: "remote", password: "outside", proxy: "sip.provider.net" });
  });

  it("leaves nobody a right on a new account that they had on an earlier one", async () => {
    await site().sql(
      `INSERT INTO {managing_users} (username, domain, operator_id) VALUES ('a', '${DOMAIN}', 'x')`,
    );
    await site().sql(
      `INSERT INTO {extension_grants} (username, domain, operator_id, spy) VALUES ('a', '${DOMAIN}', 'x', 1)`,
    );
    await json(site(), ["user", "import"], `{"user":"a@${DOMAIN}"}`);
    expect(await site().sql("SELECT * FROM {managing_users}")).toEqual([]);
    expect(await site().sql("SELECT * FROM {extension_grants}")).toEqual([]);
  });

  it("ends registrations made with a password that it changes, and says what may be left", async () => {
    const add = (name: string) => `{"user":"${name}@${DOMAIN}","password":"old"}`;
    await json(site(), ["user", "import"], lines(add("a"), add("b")));
    for (const name of ["a", "b"]) {
      await register(site(), `${name}@${DOMAIN}`, `sip:${name}@192.0.2.1`, 0);
    }
    const update = ["user", "import", "--if-exists", "update"];
    const rows = lines(`{"user":"a@${DOMAIN}","password":"new"}`, add("b"));
    expect((await run(site(), [...update, "--dry-run"], rows)).stderr).not.toContain("still hold");
    const { stderr } = await run(site(), update, rows);
    expect(stderr).toMatch(/1 account has another password now\..* may still hold/);
    expect(await site().sql("SELECT username FROM {location}")).toEqual([{ username: "b" }]);
  });

  it("writes the default permission where there is no such column", async () => {
    await json(site(), ["user", "import"], `{"user":"a@${DOMAIN}"}`);
    expect((await site().ok("permission/get", { user: `a@${DOMAIN}` })).permission).toBe(7);
  });

  it("rejects rows one by one, and takes them back when they are mended", async () => {
    await site().ok("user/add_local", {
      user: `taken@${DOMAIN}`,
      displayname: "T",
      email: "t@t.org",
    });
    await site().ok("alias/add", { alias: `4224@${DOMAIN}`, destination: `taken@${DOMAIN}` });
    const file = join(folder(), "users.csv");
    const rejects = join(folder(), "rejects.csv");
    await writeFile(
      file,
      lines(
        "user,displayname,password,ha1b,email",
        `good@${DOMAIN},Good,,,`,
        `taken@${DOMAIN},T,,,`,
        `4224@${DOMAIN},Alias,,,`,
        "not an address,X,,,",
        `two@${DOMAIN},"two\nlines",,,`,
        "far@away.org,Far,pw,,",
        "bare@bare.example.org,Bare,,,",
        `pw@${DOMAIN},P,pässword,,`,
        `b@${DOMAIN},B,,00000000000000000000000000000000,`,
        `good@${DOMAIN},Again,,,`,
        `short@${DOMAIN}`,
        `last@${DOMAIN},Last,,,"last@x.org"`,
      ),
    );
    const answer = await json(site(), ["user", "import", file, "--rejects", rejects]);
    expect(answer).toEqual(
      rejected(
        { read: 12, added: 2, rejected: 10 },
        expect.stringMatching(/^10 of 12 rows were rejected\. The first, row 2: .*already\./),
      ),
    );
    expect((await stat(rejects)).mode & 0o777).toBe(0o600);
    const text = await readFile(rejects, "utf8");
    for (const part of [
      "user,displayname,password,ha1b,email,reason\n",
      `4224@${DOMAIN},Alias,,,,4224@${DOMAIN} is an alias of taken@${DOMAIN}.`,
      'two@example.org,"two\nlines",,,,',
      "far@away.org,Far,pw,,,\"registrar is missing: away.org is not one of Kamailio's domains",
      "bare.example.org has no default servers",
      "ha1b is of no use without ha1",
      "The row has 1 fields, the header 5",
    ]) {
      expect(text).toContain(part);
    }
    const mended = text
      .replace('"two\nlines"', "two lines")
      .replace("pässword", "password")
      .replace(/^short.*$/m, `short@${DOMAIN},Short,,,,`);
    await writeFile(rejects, mended);
    // The file of rejects may be the input itself.
    const again = await json(site(), ["user", "import", rejects, "--rejects", rejects]);
    expect(again).toMatchObject({ read: 10, added: 3, rejected: 7 });
    expect(await readFile(rejects, "utf8")).not.toContain("two lines");
  });

  it("passes over, or updates what the rows name", async () => {
    const rows = lines(
      "user,displayname,email,password,permittedcalls",
      `a@${DOMAIN},A,a@x.org,first,7`,
      `b@${DOMAIN},B,b@x.org,first,7`,
      `a@${DOMAIN},A2,,,`,
    );
    expect(await json(site(), ["user", "import", "--if-exists", "skip"], rows)).toEqual(
      imported({ read: 3, added: 2, skipped: 1 }),
    );
    const before = await site().ok("user/get", { user: `b@${DOMAIN}` });
    const changes = lines(
      "user,displayname,email,password,permittedcalls,dialplan",
      `a@${DOMAIN},A3,,second,31,`,
      `b@${DOMAIN},B,b@x.org,first,7,`,
      `a@${DOMAIN},,new@x.org,,,(.*)`,
      `c@${DOMAIN},C,,,,`,
    );
    expect(await json(site(), ["user", "import", "--if-exists", "update"], changes)).toEqual(
      imported({ read: 4, added: 1, updated: 2, skipped: 1 }),
    );
    const { user } = await site().ok("user/get", { user: `a@${DOMAIN}` });
    expect(user).toMatchObject({
      displayname: "A3",
      email: "new@x.org",
      password: "second",
      ha1: md5(`a:${DOMAIN}:second`),
      permittedcalls: 31,
      dialplan: "(.*)",
      linetext: "a",
    });
    expect(await site().ok("user/get", { user: `b@${DOMAIN}` })).toEqual(before);
    const [row] = await site().sql<{ password: string }>(
      "SELECT password FROM {users} WHERE username = 'a'",
    );
    expect(row?.password).toBe("second");
    const remote = lines(`{"user":"a@${DOMAIN}","type":"remote"}`);
    expect(await json(site(), ["user", "import", "--if-exists", "update"], remote)).toMatchObject({
      rejected: 1,
      detail: expect.stringMatching(/local account already/),
    });
  });

  it("exports what imports as the same, digests alone and all", async () => {
    await json(
      site(),
      ["user", "import"],
      lines(
        "user,type,displayname,email,password,authid,registrar,r_port,proxy,p_port,dialplan,linetext,permittedcalls,rpid,ha1,ha1b",
        `full@${DOMAIN},local,"Ful""l, Ø",full@x.org," p,w""",auth,r.example.net,1,p.example.net,2,(x),line,255,+4799,,`,
        `plain@${DOMAIN},local,,,,,,,,,,,,,,`,
        "far@away.org,remote,Far,,away,faraway,sip.away.org,5061,,,,,,,,",
      ),
    );
    await site().sql(
      "INSERT INTO {subscriber} (username, domain, password, ha1, ha1b) VALUES ('hash', ?, '', ?, ?)",
      [DOMAIN, md5("x"), md5("y")],
    );
    for (const format of ["csv", "ndjson"]) {
      const { stdout, status } = await run(site(), ["user", "export", "--format", format]);
      expect(status).toBe(0);
      expect(stdout.trim().split("\n")).toHaveLength(format === "csv" ? 5 : 4);
      await site().reset();
      expect(await json(site(), ["user", "import"], stdout)).toEqual(
        imported({ read: 4, added: 4 }),
      );
      expect((await run(site(), ["user", "export", "--format", format])).stdout).toBe(stdout);
      const same = ["user", "import", "--if-exists", "update"];
      expect(await json(site(), same, stdout)).toEqual(imported({ read: 4, skipped: 4 }));
    }
    expect(await site().sql("SELECT username FROM {users} WHERE username = 'hash'")).toEqual([]);
    const some = await run(site(), ["user", "export", "--search", "*@away.org"]);
    expect(some.stdout.trim().split("\n")).toHaveLength(2);
    const { list } = await json(site(), ["user", "export"]);
    expect(list).toContainEqual(
      expect.objectContaining({ user: `hash@${DOMAIN}`, password: null, ha1: md5("x") }),
    );
  });

  it("leaves nothing of an import that a database error ends, and nothing of a dry run", async () => {
    const before = await site().snapshot();
    const text = lines("user", ...Array.from({ length: 1500 }, (_, i) => `u${i}@${DOMAIN}`));
    expect(await json(site(), ["user", "import", "--dry-run"], text)).toEqual(
      imported({ read: 1500, added: 1500, dry_run: true as never }),
    );
    expect(await site().snapshot()).toBe(before);
    await site().refuse("INSERT", "users");
    const rejects = join(folder(), "none.csv");
    const answer = await json(site(), ["user", "import", "--rejects", rejects], text);
    expect(answer).toMatchObject({ response: "failed", cause: "dbfail" });
    expect(await site().snapshot()).toBe(before);
    await expect(stat(rejects)).rejects.toThrow();
  });
});

describe("v7: an import that loses against another writer", () => {
  const site = useSite("v7");
  const folder = () => site().env.HOME as string;

  it("is run again, from what came through a pipe too", async () => {
    const { provisioning } = site().config;
    const database = provisioning.kind === "mysql" ? provisioning.database : "";
    await site().sql(
      `CREATE TRIGGER ${database}.in_the_way BEFORE INSERT ON {users} FOR EACH ROW
       SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock found'`,
    );
    const text = lines("user", ...Array.from({ length: 1500 }, (_, i) => `u${i}@${DOMAIN}`));
    const answer = json(site(), ["user", "import"], text);
    await sleep(1_500);
    await site().sql(`DROP TRIGGER ${database}.in_the_way`);
    expect(await answer).toEqual(imported({ read: 1500, added: 1500 }));
    expect(await site().sql("SELECT username FROM {subscriber}")).toHaveLength(1500);
  });

  it("reads a pipe that is no standard input but once", async () => {
    const fifo = join(folder(), "pipe.csv");
    await promisify(execFile)("mkfifo", [fifo]);
    const answer = json(site(), ["user", "import", fifo]);
    await writeFile(fifo, lines("user", `a@${DOMAIN}`, `b@${DOMAIN}`));
    expect(await answer).toEqual(imported({ read: 2, added: 2 }));
  });
});

describe.each(["embedded", "v7"] as const)("%s: numbers, alias and phone import", (shape) => {
  const site = useSite(shape);

  it("takes numbers by the line, each once", async () => {
    const text = lines("+47 12 34 50 00", "+4712345001 # reserve", "+4712345000", "12", "# none");
    expect(await json(site(), ["numbers", "import"], text)).toEqual(
      rejected(
        { read: 4, added: 2, rejected: 2, inuse: 0 },
        "2 of 4 rows were rejected. The first, line 3: +4712345000 is in the pool already.",
      ),
    );
    expect(await json(site(), ["numbers", "import", "--if-exists", "skip"], text)).toMatchObject({
      read: 4,
      added: 0,
      skipped: 3,
      rejected: 1,
    });
    expect((await run(site(), ["numbers", "export"])).stdout).toBe(
      lines("+4712345000", "+4712345001"),
    );
    const csv = await run(site(), ["numbers", "export", "--format", "csv", "--search", "*1"]);
    expect(csv.stdout).toBe(lines("number", "+4712345001"));
    await site().reset();
    expect(await json(site(), ["numbers", "import"], csv.stdout)).toEqual(
      imported({ read: 1, added: 1, inuse: 0 }),
    );
  });

  it("keeps the rules of aliases, within the input as well", async () => {
    for (const name of ["alice", "bob"]) {
      const user = `${name}@${DOMAIN}`;
      await site().ok("user/add_local", { user, displayname: name, email: "a@b.org" });
    }
    const text = lines(
      "alias,destination",
      `4224@${DOMAIN},alice@${DOMAIN}`,
      `+4711@${DOMAIN},alice@${DOMAIN}`,
      `+4722@${DOMAIN},alice@${DOMAIN}`,
      `4224@${DOMAIN},bob@${DOMAIN}`,
      `bob@${DOMAIN},alice@${DOMAIN}`,
      `1@${DOMAIN},nobody@${DOMAIN}`,
      "1@elsewhere.org,x@y.org",
      `2@${DOMAIN},x@y.org`,
    );
    expect(await json(site(), ["alias", "import"], text)).toMatchObject({ added: 3, rejected: 5 });
    const moved = lines(
      `{"alias":"4224@${DOMAIN}","destination":"bob@${DOMAIN}"}`,
      `{"alias":"+4711@${DOMAIN}","destination":"bob@${DOMAIN}"}`,
      `{"alias":"+4722@${DOMAIN}","destination":"alice@${DOMAIN}"}`,
      `{"alias":"2@${DOMAIN}","destination":"x@y.org"}`,
    );
    expect(await json(site(), ["alias", "import", "--if-exists", "update"], moved)).toEqual(
      imported({ read: 4, added: 1, updated: 2, skipped: 1 }),
    );
    const { stdout } = await run(site(), ["alias", "export"]);
    expect(stdout).toBe(
      lines(
        "alias,destination",
        `+4711@${DOMAIN},bob@${DOMAIN}`,
        `+4722@${DOMAIN},alice@${DOMAIN}`,
        `2@${DOMAIN},x@y.org`,
        `4224@${DOMAIN},bob@${DOMAIN}`,
      ),
    );
    await site().sql("DELETE FROM {dbaliases}");
    expect(await json(site(), ["alias", "import"], stdout)).toMatchObject({ added: 4 });
    expect((await run(site(), ["alias", "export"])).stdout).toBe(stdout);
  });

  it("gives phones their accounts", async () => {
    const user = `alice@${DOMAIN}`;
    await site().ok("user/add_local", { user, displayname: "A", email: "a@b.org" });
    const text = lines(
      "mac,user",
      `F0:0B:A2:BA:5C:00,${user}`,
      `f00ba2ba5c01,${user}`,
      `f00ba2ba5c00,${user}`,
      `f00ba2ba5c00,nobody@${DOMAIN}`,
    );
    expect(await json(site(), ["phone", "import"], text)).toMatchObject({ added: 2, rejected: 2 });
    const { stdout } = await run(site(), ["phone", "export"]);
    const header = "mac,user,vendor,model";
    expect(stdout).toBe(lines(header, `f00ba2ba5c00,${user},,`, `f00ba2ba5c01,${user},,`));
    const found = await run(site(), ["phone", "export", "--search", "5C:01"]);
    expect(found.stdout).toBe(lines(header, `f00ba2ba5c01,${user},,`));
    await site().sql("DELETE FROM {phones}");
    expect(await json(site(), ["phone", "import"], stdout)).toMatchObject({ added: 2 });
    expect(await json(site(), ["phone", "import", "--if-exists", "skip"], stdout)).toMatchObject({
      skipped: 2,
    });
  });

  it("says what phones are, and exports it", async () => {
    const user = `alice@${DOMAIN}`;
    await site().ok("user/add_local", { user, displayname: "A", email: "a@b.org" });
    const header = "mac,user,vendor,model";
    const one = `f00ba2ba5c00,${user},snom,D785`;
    const rejected = [
      `f00ba2ba5c01,${user},yaelink,`,
      `f00ba2ba5c02,${user},,D785`,
      `f00ba2ba5c03,${user},snom,../x`,
      `f00ba2ba5c04,nobody@${DOMAIN},snom,`,
    ];
    const importing = (text: string, ...flags: string[]) =>
      json(site(), ["phone", "import", ...flags], text);
    const all = lines(header, one, ...rejected);
    expect(await importing(all)).toMatchObject({ read: 5, added: 1, rejected: 4 });
    const exported = async () => (await run(site(), ["phone", "export"])).stdout;
    expect(await exported()).toBe(lines(header, one));

    const other = lines(header, `f00ba2ba5c00,${user},yealink,T46U`);
    expect(await importing(other)).toMatchObject({ rejected: 1 });
    expect(await importing(other, "--if-exists", "skip")).toMatchObject({ skipped: 1 });
    expect(await exported()).toBe(lines(header, one));
    expect(await importing(other, "--if-exists", "update")).toMatchObject({ updated: 1 });
    expect(await importing(other, "--if-exists", "update")).toMatchObject({ skipped: 1 });
    expect(await exported()).toBe(other);
  });

  it("refuses what it can't read", async () => {
    const refuse = (detail: RegExp) => ({
      response: "invalid",
      cause: "parameters",
      detail: expect.stringMatching(detail),
    });
    expect(await json(site(), ["user", "import", "/none.csv"])).toEqual(refuse(/Can't read/));
    expect(await json(site(), ["user", "import"], "usr\n")).toEqual(refuse(/Unknown column "usr"/));
    expect(await json(site(), ["user", "import", "--format", "lines"], "x")).toEqual(
      refuse(/one a line/),
    );
    expect(await json(site(), ["user", "import"], "")).toEqual(imported({}));
  });
});
