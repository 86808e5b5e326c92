import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runHermes, runJson } from "../support/hermes-process";
import { PASSWORD } from "../support/operators";
import { temporaryHome } from "../support/temporary-home";

type Home = Awaited<ReturnType<typeof temporaryHome>>;

/** The built command line on an embedded database with `auth.mode = "session"`. */
describe("sessions at the command line", () => {
  let home: Home;
  let file: string;

  beforeEach(async () => {
    home = await temporaryHome();
    file = join(home.env.XDG_STATE_HOME, "hermes", "session.json");
    await configure("");
    const added = await hermes("auth add-user boss --password-stdin", {}, PASSWORD);
    expect(added.envelope).toMatchObject({ response: "ok", user: { access: "read_write" } });
  });
  afterEach(() => home.remove());

  const hermes = (line: string, env: Record<string, string> = {}, stdin = "") =>
    runJson(line.split(" "), { env: { ...home.env, ...env }, stdin });
  const login = () => hermes("auth login --username boss --password-stdin", {}, `${PASSWORD}\n`);
  const kept = async () => JSON.parse(await readFile(file, "utf8"));

  async function configure(more: string) {
    const path = join(home.env.XDG_CONFIG_HOME, "hermes", "config.toml");
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `[auth]\nmode = "session"\n${more}`);
  }

  /** As if half of the kept key's life were over. */
  async function age() {
    const session = await kept();
    await writeFile(file, JSON.stringify({ ...session, keySince: session.keySince - 400 }));
  }

  function rows(sql: string): unknown[] {
    const database = new Database(join(home.env.XDG_DATA_HOME, "hermes", "hermes.db"));
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  }

  it("nothing without one: failed/unauthorized, exit 4", async () => {
    const { status, envelope } = await hermes("user list");
    expect([status, envelope.cause]).toEqual([4, "unauthorized"]);
    expect(envelope.detail).toContain("hermes auth login");
    expect((await hermes("auth ping")).status).toBe(4);
    expect((await hermes("auth add-user second --generate")).status).toBe(4);
  });

  it("a login is kept for nobody else to read, a logout forgets it", async () => {
    const { status, envelope } = await login();
    expect([status, envelope.response]).toEqual([0, "ok"]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
    expect((await hermes("user list")).status).toBe(0);
    const ping = await hermes("auth ping");
    expect(ping.envelope).toMatchObject({ response: "pong" });
    expect((await kept()).authKey).toBe(ping.envelope.auth_key);
    expect((await hermes("user list")).status).toBe(0);
    expect((await hermes("auth logout")).status).toBe(0);
    await expect(stat(file)).rejects.toMatchObject({ code: "ENOENT" });
    expect(rows("SELECT * FROM sessions")).toEqual([]);
    expect((await hermes("user list")).status).toBe(4);
  });

  it("a second login ends the session that is kept, and no other", async () => {
    const first = (await login()).envelope;
    const flags = `--session ${first.session} --auth-key ${first.auth_key}`;
    expect((await hermes(`user list ${flags}`)).status).toBe(0);
    const wrong = await hermes("auth login --username boss --password-stdin", {}, "wrong\n");
    expect(wrong.status).toBe(4);
    expect((await hermes(`user list ${flags}`)).status).toBe(0);
    const second = (await login()).envelope;
    expect((await kept()).session).toBe(second.session);
    expect((await hermes(`user list ${flags}`)).status).toBe(4);
    expect(rows("SELECT * FROM sessions")).toHaveLength(1);
    expect((await hermes("user list")).status).toBe(0);
  });

  it("the kept one is kept up by whoever names it", async () => {
    const { envelope } = await login();
    const env = {
      HERMES_SESSION: String(envelope.session),
      HERMES_AUTH_KEY: String(envelope.auth_key),
    };
    const ping = await hermes("auth ping", env);
    expect((await kept()).authKey).toBe(ping.envelope.auth_key);
    expect((await hermes("user list")).status).toBe(0);
    expect((await hermes("auth logout", env)).status).toBe(0);
    await expect(stat(file)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("a file that others can read is not used", async () => {
    await login();
    await chmod(file, 0o640);
    const { status, envelope } = await hermes("user list");
    expect([status, envelope.cause]).toEqual([4, "unauthorized"]);
    expect(envelope.detail).toMatch(/session\.json .*0640.*chmod 600/);
    // Logging in anew puts it right.
    await login();
    expect((await hermes("user list")).status).toBe(0);
  });

  it("flags and environment come before the file", async () => {
    const { envelope } = await login();
    const env = {
      HERMES_SESSION: String(envelope.session),
      HERMES_AUTH_KEY: String(envelope.auth_key),
    };
    expect((await hermes("user list", { ...env, HERMES_AUTH_KEY: "wrong" })).status).toBe(4);
    const flags = `--session ${env.HERMES_SESSION} --auth-key ${env.HERMES_AUTH_KEY}`;
    expect((await hermes(`user list ${flags}`, { HERMES_SESSION: "wrong" })).status).toBe(0);
    expect((await hermes(`${flags} user list`)).status).toBe(0);
    expect((await hermes(`user list --session ${env.HERMES_SESSION}`)).status).toBe(2);
    await writeFile(file, "nonsense", { mode: 0o600 });
    expect((await hermes("user list")).status).toBe(4);
    expect((await hermes("user list", env)).status).toBe(0);
    expect((await hermes(`auth ping ${flags}`)).envelope.response).toBe("pong");
    expect((await hermes("user list", env)).status).toBe(4);
  });

  it("a key past half its life is renewed, once for all who work at the same time", async () => {
    await login();
    const first = await kept();
    expect((await hermes("user list")).status).toBe(0);
    expect((await kept()).authKey).toBe(first.authKey);
    await age();
    const all = await Promise.all(Array.from({ length: 6 }, () => hermes("user list")));
    expect(all.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0, 0]);
    const second = await kept();
    expect(second.authKey).not.toBe(first.authKey);
    expect(second.session).toBe(first.session);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await expect(stat(`${file}.lock`)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("a lock that was left behind holds nobody up for long", async () => {
    await login();
    await age();
    await writeFile(`${file}.lock`, "");
    expect((await hermes("user list")).status).toBe(0);
  });

  it("one that has run out is to be logged in anew", async () => {
    await configure("key_lifetime = 1\n");
    await login();
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const { status, envelope } = await hermes("user list");
    expect([status, envelope.cause]).toEqual([4, "unauthorized"]);
  });

  it("an API key logs in for one command and leaves no session behind", async () => {
    await login();
    const { envelope } = await hermes("auth new-apikey 127.0.0.0/8 --access limited_read");
    await hermes("auth logout");
    const env = { HERMES_API_KEY: String(envelope.key) };
    expect((await hermes("user list", env)).status).toBe(0);
    expect((await hermes(`user list --api-key ${envelope.key}`)).status).toBe(0);
    const refused = await hermes("numbers add +4712345000", env);
    expect([refused.status, refused.envelope.cause]).toEqual([4, "unauthorized"]);
    expect(rows("SELECT * FROM sessions")).toEqual([]);
    await expect(stat(file)).rejects.toMatchObject({ code: "ENOENT" });
    // As its own parameter it opens a session that is kept.
    expect((await hermes("auth login --api-key-stdin", {}, `${envelope.key}\n`)).status).toBe(0);
    expect((await hermes("user list")).status).toBe(0);
    expect((await hermes("user list", { HERMES_API_KEY: "hk_wrong" })).status).toBe(4);
  });

  it("works through call and batch as well", async () => {
    const called = await hermes(
      `call auth/login username=boss --params-json -`,
      {},
      `{"password":"${PASSWORD}"}`,
    );
    expect(called.status).toBe(0);
    expect((await hermes("call user/list")).status).toBe(0);
    const lines = await runHermes(["batch"], {
      env: home.env,
      stdin: '{"node":"user/list"}\n{"node":"numbers/add","params":{"number":"+4712345000"}}\n',
    });
    expect(lines.stdout.match(/"response":"ok"/g)).toHaveLength(2);
    expect((await hermes("call auth/logout")).status).toBe(0);
    expect((await hermes("call user/list")).status).toBe(4);
  });

  it("session and auth_key are taken from a call's parameters and a line's, before the kept one", async () => {
    const { session, auth_key } = (await login()).envelope;
    await hermes("auth add-user bob --lite --password-stdin", {}, PASSWORD);
    // Bob's session is kept now, and the boss's is over: log in again beside it.
    const elsewhere = { XDG_STATE_HOME: `${home.env.XDG_STATE_HOME}/elsewhere` };
    const boss = (
      await hermes("auth login --username boss --password-stdin", elsewhere, `${PASSWORD}\n`)
    ).envelope;
    await hermes("auth login --username bob --password-stdin", {}, `${PASSWORD}\n`);
    expect((await hermes(`user list --session ${session} --auth-key ${auth_key}`)).status).toBe(4);
    expect((await hermes("call numbers/add number=+4712345000")).status).toBe(4);
    const proof = { session: boss.session, auth_key: boss.auth_key };
    const words = `session=${proof.session} auth_key=${proof.auth_key}`;
    expect((await hermes(`call numbers/add number=+4712345000 ${words}`)).status).toBe(0);
    const line = (params: object) => JSON.stringify({ node: "numbers/add", params });
    const { stdout } = await runHermes(["batch"], {
      env: home.env,
      stdin: `${line({ number: "+4712345001" })}\n${line({ number: "+4712345002", ...proof })}\n`,
    });
    const answers = stdout.trim().split("\n");
    expect(answers.map((answer) => JSON.parse(answer).response.cause ?? "ok")).toEqual([
      ...["unauthorized", "ok"],
    ]);
  });

  it("a ping prolongs the kept session, and a host whose clock is off keeps it up too", async () => {
    await login();
    const first = await kept();
    const now = Math.floor(Date.now() / 1000);
    // As kept by a machine that thinks it is tomorrow, and was put right since.
    await writeFile(file, JSON.stringify({ ...first, keySince: first.keySince + 86_400 }));
    expect((await hermes("user list")).status).toBe(0);
    const second = await kept();
    expect(second.authKey).not.toBe(first.authKey);
    expect(second.sessionExpires).toBeGreaterThanOrEqual(now + 28_800);
    // One that is behind finds no key that ends later than it should.
    await writeFile(
      file,
      JSON.stringify({ ...second, keySince: second.keySince - 200, keyExpires: now + 86_400 }),
    );
    expect((await hermes("user list")).status).toBe(0);
    expect((await kept()).authKey).not.toBe(second.authKey);
  });

  it("one's own password is changed, and the session that is kept lives on", async () => {
    await login();
    const changed = await hermes("auth change-password --password-stdin", {}, "another\n");
    expect([changed.status, changed.envelope]).toEqual([0, { response: "ok", user: "boss" }]);
    expect((await hermes("user list")).status).toBe(0);
    expect((await login()).status).toBe(4);
    const generated = await runHermes(["auth", "change-password", "--generate"], home);
    const password = /password +(\S+)/.exec(generated.stdout)?.[1];
    const line = "auth login --username boss --password-stdin";
    expect((await hermes(line, {}, `${password}\n`)).status).toBe(0);
    expect((await hermes("auth change-password")).status).toBe(2);
  });

  it("the last who may write can't leave", async () => {
    await login();
    const { status, envelope } = await hermes("auth remove-user boss");
    expect([status, envelope.cause]).toEqual([1, "last"]);
    expect((await hermes("user list")).status).toBe(0);
  });

  it("figures take limited_read, and are no lite operator's business", async () => {
    expect((await hermes("stats")).status).toBe(4);
    await login();
    const { envelope } = await hermes("auth new-apikey 127.0.0.0/8 --access limited_read");
    await hermes("auth add-user bob --lite --password-stdin", {}, PASSWORD);
    const counted = await hermes(`stats --api-key ${envelope.key}`);
    expect(counted).toMatchObject({ status: 0, envelope: { operators: 2 } });
    await hermes("auth login --username bob --password-stdin", {}, `${PASSWORD}\n`);
    expect((await hermes("stats --prometheus")).status).toBe(4);
  });

  it("shows people the id of a removed API key, and a new one once", async () => {
    await login();
    const made = await runHermes(["auth", "new-apikey", "::1", "--access", "full_read"], home);
    const [key, id] = /hk_([0-9a-f]{10})_\S{43}/.exec(made.stdout) ?? [];
    expect(key).toBeDefined();
    const removed = await runHermes(["auth", "remove-apikey", String(key)], home);
    expect(removed.stdout).toContain(id);
    expect(removed.stdout).not.toContain(key);
  });
});
