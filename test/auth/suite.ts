import { createHash, randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ALICE, addAlice, addBob, addCarol, BOB, CAROL } from "../nodes/cases/people";
import { failed, invalid } from "../support/answers";
import { type Guarded, HOST, operator, PASSWORD, pass, useGuard } from "../support/operators";
import { DOMAIN, type Shape, type Site, useSite } from "../support/site";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHA1 = createHash("sha1").update(PASSWORD).digest("hex");
const SCRYPT = /^\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;
const DAY = 86_400;

const NONE = {
  pickup: false,
  steal: false,
  spy: false,
  setPresence: false,
  queueMember: false,
  viewOtherParty: false,
  viewOtherPartyOverride: "NONE",
  readCalendar: false,
  writeCalendar: false,
  readPhonebook: false,
  writePhonebook: false,
  controlSipDevices: false,
};
const ALL = Object.fromEntries(
  Object.entries(NONE).map(([name, value]) => [name, value === false ? true : value]),
);

/** The contract's second node table, on one kind of database. */
export function authSuite(shape: Shape): void {
  const site = useSite(shape);
  const guarded = useGuard(site);

  describe("operators", () => operatorCases(site));
  describe("the last operator who may write", () => lastCases(site, guarded));
  describe("one's own password", () => ownPasswordCases(site, guarded));
  describe("sessions", () => sessionCases(site, guarded));
  describe("failed logins", () => lockCases(site, guarded));
  describe("API keys", () => apiKeyCases(site, guarded));
  describe("managing users", () => managingCases(site));
  describe("rights", () => rightsCases(site, guarded));
}

function operatorCases(site: () => Site): void {
  const add = (params: Record<string, unknown>) =>
    site().call("auth/add_user", { username: "bob", password: PASSWORD, ...params });
  const stored = async (username = "bob") => {
    const [row] = await site().sql("SELECT * FROM {operators} WHERE username = ?", [username]);
    return row;
  };

  it("adds one: limited_read, full and enabled", async () => {
    expect(await add({ displayname: "Bob B." })).toEqual({
      response: "ok",
      user: {
        id: expect.stringMatching(UUID),
        username: "bob",
        displayname: "Bob B.",
        enabled: true,
        full: true,
        access: "limited_read",
        last_password_changed_at: null,
        permission_id: expect.stringMatching(UUID),
        permission_displayname: "Bob B.",
      },
    });
    expect((await stored())?.password).toMatch(SCRYPT);
  });

  it("adds one that is lite, disabled, or of another level", async () => {
    const { user } = await add({ lite: true, disabled: true, access: "full_read" });
    expect(user).toMatchObject({ full: false, enabled: false, access: "full_read" });
  });

  it("knows one's entry among the authorizations by id and name, which nobody sets", async () => {
    const { user } = (await add({})) as unknown as { user: Record<string, unknown> };
    expect(user).toMatchObject({ permission_id: user.id, permission_displayname: "bob" });
    expect(await add({ username: "dora", permission_id: "x" })).toEqual(
      invalid("parameters", "permission_id"),
    );
  });

  it("adds one under an id of its own, once", async () => {
    const id = randomUUID();
    const { user } = await add({ id: id.toUpperCase() });
    expect(user).toMatchObject({ id, username: "bob" });
    expect(await add({ username: "dora", id })).toEqual(failed("exists", id));
    expect(await site().ok("auth/get_user", { username: id })).toMatchObject({ user });
  });

  it("generates a password and shows it", async () => {
    const answer = await add({ password: undefined, generate: true });
    expect(answer).toMatchObject({ response: "ok", password: expect.stringMatching(/^\w{24}$/) });
    const { password } = answer;
    expect(await site().call("auth/login", { username: "bob", password })).toMatchObject({
      response: "ok",
    });
  });

  it.each([SHA1, SHA1.toUpperCase()])("keeps a hash as it is given: %s", async (hash) => {
    await add({ password: undefined, password_hash: hash });
    expect((await stored())?.password).toBe(SHA1);
  });

  it("keeps a scrypt hash of its own as it is", async () => {
    await add({ username: "other" });
    const hash = (await stored("other"))?.password;
    await add({ password: undefined, password_hash: hash });
    expect((await stored())?.password).toBe(hash);
  });

  it.each([
    [{ username: undefined }, invalid("parameters", "username")],
    [{ username: "" }, invalid("parameters", "username")],
    [{ username: "two words" }, invalid("parameters", "username")],
    [{ username: "56cf70a3-1ee0-4b09-8f40-297430eeeddf" }, invalid("parameters", "username")],
    [{ password: undefined }, invalid("parameters", "password")],
    [{ password: "" }, invalid("parameters", "password")],
    [{ generate: true }, invalid("parameters", "one of")],
    [{ password: undefined, password_hash: "1234" }, invalid("parameters", "password_hash")],
    [
      {
        password: undefined,
        password_hash: `$scrypt$ln=30,r=8,p=1$${"a".repeat(22)}$${"b".repeat(43)}`,
      },
      invalid("parameters", "password_hash"),
    ],
    [{ access: "root" }, invalid("parameters", "access")],
    [{ id: "4224" }, invalid("parameters", "id")],
  ])("refuses %j", async (given, answer) => {
    const request = Object.entries({ username: "bob", password: PASSWORD, ...given });
    const params = Object.fromEntries(request.filter(([, value]) => value !== undefined));
    expect(await site().call("auth/add_user", params)).toEqual(answer);
    expect(await site().sql("SELECT * FROM {operators}")).toEqual([]);
  });

  it("refuses a username that is taken, and tells letters apart", async () => {
    await add({});
    expect(await add({})).toEqual(failed("exists", "bob"));
    expect(await add({ username: "Bob" })).toMatchObject({ response: "ok" });
    expect(await add({ username: "böb" })).toMatchObject({ response: "ok" });
    const { list } = await site().ok("auth/list_users");
    expect((list as { username: string }[]).map(({ username }) => username)).toEqual([
      "Bob",
      "bob",
      "böb",
    ]);
  });

  it("shows one by its username or its id", async () => {
    const { user } = await add({});
    const { id } = user as { id: string };
    for (const username of ["bob", id, id.toUpperCase()]) {
      expect(await site().call("auth/get_user", { username })).toEqual({ response: "ok", user });
    }
    expect(await site().call("auth/get_user", { username: "nobody" })).toEqual(
      failed("nonexistant", "nobody"),
    );
  });

  it("changes what is named and nothing else", async () => {
    const { user } = await add({ displayname: "Bob" });
    const update = async (params: Record<string, unknown>) =>
      (await site().ok("auth/update_user", { username: "bob", ...params })).user;
    expect(await update({ displayname: "Robert" })).toEqual({
      ...(user as object),
      displayname: "Robert",
      permission_displayname: "Robert",
    });
    expect(await update({ lite: true, disable: true })).toMatchObject({
      full: false,
      enabled: false,
      displayname: "Robert",
    });
    expect(await update({ full: true, enable: true })).toMatchObject({ full: true, enabled: true });
    expect(await update({ new_username: "rob" })).toMatchObject({ username: "rob" });
  });

  it("resets a password, which is no change of the operator's own", async () => {
    await add({});
    const { user } = await site().ok("auth/update_user", { username: "bob", password: "another" });
    expect(user).toMatchObject({ last_password_changed_at: null });
    const login = (password: string) => site().call("auth/login", { username: "bob", password });
    expect(await login(PASSWORD)).toEqual(failed("unauthorized"));
    expect(await login("another")).toMatchObject({ response: "ok" });
  });

  it.each([
    [{ username: "nobody", lite: true }, failed("nonexistant", "nobody")],
    [{ username: "bob", new_username: "carol" }, failed("exists", "carol")],
    [{ username: "bob" }, invalid("parameters", "Nothing")],
    [{ username: "bob", full: true, lite: true }, invalid("parameters")],
    [{ username: "bob", enable: true, disable: true }, invalid("parameters")],
    [{ username: "bob", password: "" }, invalid("parameters", "password")],
    [{ lite: true }, invalid("parameters", "username")],
  ])("auth/update_user refuses %j", async (given, answer) => {
    await add({});
    await add({ username: "carol" });
    const before = await site().snapshot();
    expect(await site().call("auth/update_user", given)).toEqual(answer);
    expect(await site().snapshot()).toBe(before);
  });

  it("sets access levels", async () => {
    await add({});
    const authorize = (params: object) => site().call("auth/authorize_user", { ...params });
    expect(await authorize({ username: "bob", access: "read_write" })).toEqual({
      response: "ok",
      user: "bob",
      access: "read_write",
    });
    expect((await site().ok("auth/get_user", { username: "bob" })).user).toMatchObject({
      access: "read_write",
    });
    expect(await authorize({ username: "nobody", access: "full_read" })).toEqual(
      failed("nonexistant"),
    );
    expect(await authorize({ username: "bob", access: "all" })).toEqual(invalid("parameters"));
    expect(await authorize({ username: "bob" })).toEqual(invalid("parameters"));
  });

  it("removes one with all that hangs on it", async () => {
    await addAlice(site());
    const { user } = await add({});
    await add({ username: "carol" });
    for (const username of ["bob", "carol"]) {
      await site().ok("extension/grant", { extension: ALICE, username, spy: true });
      await site().ok("auth/login", { username, password: PASSWORD });
    }
    await site().ok("extension/set_managing_user", { extension: ALICE, username: "bob" });
    expect(await site().call("auth/remove_user", { username: "bob" })).toEqual({
      response: "ok",
      user: "bob",
    });
    const { id } = user as { id: string };
    for (const table of ["sessions", "managing_users", "extension_grants"]) {
      const rows = await site().sql(`SELECT operator_id FROM {${table}}`);
      expect(rows.map((row) => row.operator_id)).not.toContain(id);
      if (table !== "managing_users") expect(rows).toHaveLength(1);
    }
    expect(await site().call("auth/remove_user", { username: "bob" })).toEqual(
      failed("nonexistant", "bob"),
    );
    expect(await site().call("auth/remove_user", {})).toEqual(invalid("parameters"));
  });
}

function lastCases(site: () => Site, guarded: () => Guarded): void {
  const end: readonly [string, string, Record<string, unknown>][] = [
    ["removed", "auth/remove_user", {}],
    ["disabled", "auth/update_user", { disable: true }],
    ["made lite", "auth/update_user", { lite: true }],
    ["demoted", "auth/authorize_user", { access: "full_read" }],
  ];
  const writer = (username: string) =>
    operator(site(), guarded(), username, { access: "read_write" });

  it.each(end)("is not %s", async (_done, node, params) => {
    const boss = await writer("boss");
    // None of these may write, or not whatever they like.
    for (const params of [
      { username: "reader", access: "full_read" },
      { username: "lite", access: "read_write", lite: true },
      { username: "off", access: "read_write", disabled: true },
    ]) {
      await site().ok("auth/add_user", { password_hash: SHA1, ...params });
    }
    const before = await site().sql("SELECT * FROM {operators} ORDER BY id");
    const given = { username: "boss", ...params };
    expect(await guarded().call(boss, node, given)).toEqual(failed("last", "boss"));
    expect(await site().sql("SELECT * FROM {operators} ORDER BY id")).toEqual(before);
    expect(await guarded().call(boss, "auth/ping")).toMatchObject({ response: "pong" });
  });

  it.each(end)(
    "is %s where there is another, and where nobody needs a session",
    async (_, node, params) => {
      const boss = await writer("boss");
      const second = await writer("second");
      expect(await guarded().call(boss, node, { username: "boss", ...params })).toMatchObject({
        response: "ok",
      });
      const given = { username: "second", ...params };
      expect(await guarded().call(second, node, given)).toEqual(failed("last", "second"));
      expect(await site().call(node, given)).toMatchObject({ response: "ok" });
    },
  );

  it("may be renamed, and others may come and go", async () => {
    const boss = await writer("boss");
    const call = (node: string, params: object) => guarded().call(boss, node, { ...params });
    await site().ok("auth/add_user", { username: "bob", password_hash: SHA1 });
    const answers = [
      await call("auth/update_user", { username: "boss", new_username: "chief", full: true }),
      await call("auth/authorize_user", { username: "chief", access: "read_write" }),
      await call("auth/update_user", { username: "bob", disable: true }),
      await call("auth/remove_user", { username: "bob" }),
    ];
    expect(answers.map(({ response }) => response)).toEqual(["ok", "ok", "ok", "ok"]);
  });

  it("is left by a batch that would take all of them", async () => {
    const boss = await writer("boss");
    for (const username of ["a", "b", "c"]) await writer(username);
    const requests = ["a", "boss", "b", "c", "a"].map((username) => ({
      node: "auth/authorize_user",
      params: { username, access: "limited_read" },
    }));
    const caller = { name: "x", credentials: boss };
    const answers = await guarded().hermes.batch(requests, caller);
    expect(answers.map(({ response, cause }) => cause ?? response)).toEqual([
      ...["ok", "ok", "ok", "last", "ok"],
    ]);
  });

  it("is left by all who try to end each other at once", async () => {
    const names = ["a", "b", "c", "d"];
    const writers = await Promise.all(names.map(writer));
    const answers = await Promise.all(
      names.map((username, index) =>
        guarded().call(writers[index], "auth/remove_user", { username }),
      ),
    );
    expect(answers.filter(({ response }) => response === "ok")).toHaveLength(3);
    expect(answers.filter(({ cause }) => cause === "last")).toHaveLength(1);
  });
}

function ownPasswordCases(site: () => Site, guarded: () => Guarded): void {
  const login = (password: unknown) =>
    guarded().call(undefined, "auth/login", { username: "bob", password });

  it.each<[string, Record<string, unknown>]>([
    ["limited_read", {}],
    ["lite", { lite: true }],
    ["read_write", { access: "read_write" }],
  ])("is changed whatever one's level: %s", async (_level, params) => {
    const first = await operator(site(), guarded(), "bob", params);
    const second = await guarded().login({ username: "bob", password: PASSWORD });
    const before = Math.floor(Date.now() / 1000) * 1000;
    expect(await guarded().call(first, "auth/change_password", { password: "another" })).toEqual({
      response: "ok",
      user: "bob",
    });
    const { user } = await site().ok("auth/get_user", { username: "bob" });
    const changed = (user as { last_password_changed_at: number }).last_password_changed_at;
    expect(changed).toBeGreaterThanOrEqual(before);
    expect(changed).toBeLessThan(before + 30_000);
    expect(await login(PASSWORD)).toEqual(failed("unauthorized"));
    expect(await login("another")).toMatchObject({ response: "ok" });
    // The session that did it lives on, the others are over.
    expect(await guarded().call(first, "user/list")).toMatchObject({ response: "ok" });
    expect(await guarded().call(second, "user/list")).toEqual(failed("unauthorized"));
    // A reset by others leaves the time alone.
    await site().ok("auth/update_user", { username: "bob", password: "reset" });
    const { user: after } = await site().ok("auth/get_user", { username: "bob" });
    expect(after).toMatchObject({ last_password_changed_at: changed });
  });

  it("is generated and shown, to whoever sees no other secret", async () => {
    const bob = await operator(site(), guarded(), "bob");
    const { password } = await guarded().call(bob, "auth/change_password", { generate: true });
    expect(password).toMatch(/^\w{24}$/);
    expect(await login(password)).toMatchObject({ response: "ok" });
  });

  it.each([
    [{}, invalid("parameters", "No password")],
    [{ password: "" }, invalid("parameters", "password")],
    [{ password: "x", generate: true }, invalid("parameters")],
    [{ password: "x", username: "boss" }, invalid("parameters", "username")],
  ])("refuses %j", async (given, answer) => {
    const bob = await operator(site(), guarded(), "bob");
    expect(await guarded().call(bob, "auth/change_password", given)).toEqual(answer);
    expect(await login(PASSWORD)).toMatchObject({ response: "ok" });
  });

  it("takes a session of one's own: no API key becomes all that its maker may do", async () => {
    const password = { password: "another" };
    expect(await guarded().call(undefined, "auth/change_password", password)).toEqual(
      failed("unauthorized"),
    );
    const bob = await operator(site(), guarded(), "bob", { access: "read_write" });
    for (const credentials of [bob, undefined]) {
      const given = { host_ip: HOST, access: "limited_read" };
      const made = credentials
        ? await guarded().call(credentials, "auth/new_apikey", given)
        : await site().ok("auth/new_apikey", given);
      const session = await guarded().login({ api_key: made.key });
      expect(await guarded().call(session, "auth/change_password", password)).toEqual(
        failed("unauthorized", "API key"),
      );
    }
    expect(await login(PASSWORD)).toMatchObject({ response: "ok" });
  });

  it("is in trust that of the operator with the system user's name, or of the session", async () => {
    const bob = await operator(site(), guarded(), "bob");
    const { hermes } = site();
    const change = (caller: object) =>
      hermes.call("auth/change_password", { password: "x" }, { name: "nobody", ...caller });
    expect(await change({})).toEqual(failed("nonexistant", "nobody"));
    expect(await change({ credentials: bob })).toEqual({ response: "ok", user: "bob" });
    expect(await change({ name: "bob" })).toEqual({ response: "ok", user: "bob" });
  });

  it("is changed by a line of a batch, and tried out by a dry run", async () => {
    const bob = await operator(site(), guarded(), "bob");
    const proof = { session: bob.session, auth_key: bob.authKey };
    const request = { node: "auth/change_password", params: { password: "another", ...proof } };
    const caller = { name: "x" };
    const tried = await guarded().hermes.batch([request], caller, { dryRun: true });
    expect(tried).toEqual([expect.objectContaining({ response: "ok", dry_run: true })]);
    expect(await login(PASSWORD)).toMatchObject({ response: "ok" });
    expect(await guarded().hermes.batch([request], caller)).toEqual([
      { response: "ok", user: "bob" },
    ]);
    expect(await login("another")).toMatchObject({ response: "ok" });
  });
}

function sessionCases(site: () => Site, guarded: () => Guarded): void {
  it("a login answers session, key, level and times, and stores digests alone", async () => {
    await site().ok("auth/add_user", { username: "bob", password: PASSWORD, access: "full_read" });
    const before = Math.floor(Date.now() / 1000);
    const answer = await guarded().call(undefined, "auth/login", {
      username: "bob",
      password: PASSWORD,
    });
    expect(answer).toEqual({
      response: "ok",
      session: expect.stringMatching(/^[\w-]{43}$/),
      auth_key: expect.stringMatching(/^[\w-]{43}$/),
      access: "full_read",
      key_expires: expect.any(Number),
      session_expires: expect.any(Number),
    });
    expect(Number(answer.key_expires) - before).toBeGreaterThanOrEqual(300);
    expect(Number(answer.key_expires) - before).toBeLessThan(310);
    expect(Number(answer.session_expires) - before).toBeGreaterThanOrEqual(28800);
    const tables = await site().snapshot();
    for (const secret of [answer.session, answer.auth_key, PASSWORD]) {
      expect(tables).not.toContain(secret);
    }
    const digest = createHash("sha256").update(String(answer.session)).digest("hex");
    expect(tables).toContain(digest);
  });

  it.each([
    { username: "bob", password: "wrong" },
    { username: "nobody", password: PASSWORD },
    { username: "Bob", password: PASSWORD },
    { username: "disabled", password: PASSWORD },
    { api_key: "wrong" },
    { api_key: `hk_0123456789_${"x".repeat(43)}` },
  ])("refuses %j", async (given) => {
    await site().ok("auth/add_user", { username: "bob", password: PASSWORD });
    await site().ok("auth/add_user", { username: "disabled", password: PASSWORD, disabled: true });
    expect(await guarded().call(undefined, "auth/login", given)).toEqual(failed("unauthorized"));
    expect(await site().sql("SELECT * FROM {sessions}")).toEqual([]);
  });

  it.each([
    {},
    { username: "bob" },
    { password: PASSWORD },
    { username: "bob", password: PASSWORD, api_key: "x" },
  ])("finds %j no login at all", async (given) => {
    expect(await guarded().call(undefined, "auth/login", given)).toEqual(invalid("parameters"));
  });

  it("puts scrypt in the place of an SHA-1 at the first login", async () => {
    await site().ok("auth/add_user", { username: "bob", password_hash: SHA1 });
    const hash = async () => (await site().sql("SELECT password FROM {operators}"))[0]?.password;
    const login = (password: string) =>
      guarded().call(undefined, "auth/login", { username: "bob", password });
    expect(await login("wrong")).toEqual(failed("unauthorized"));
    expect(await hash()).toBe(SHA1);
    expect(await login(PASSWORD)).toMatchObject({ response: "ok" });
    expect(await hash()).toMatch(SCRYPT);
    expect(await login(PASSWORD)).toMatchObject({ response: "ok" });
    const { user } = await site().ok("auth/get_user", { username: "bob" });
    expect(user).toMatchObject({ last_password_changed_at: null });
  });

  it("a key ends after its time, and a ping gives another", async () => {
    const { call } = guarded();
    let bob = await operator(site(), guarded(), "bob");
    expect(await call(bob, "user/list")).toMatchObject({ response: "ok" });
    await pass(site(), 280);
    const pong = await call(bob, "auth/ping");
    expect(pong).toEqual({
      response: "pong",
      auth_key: expect.stringMatching(/^[\w-]{43}$/),
      key_expires: expect.any(Number),
      session_expires: expect.any(Number),
    });
    expect(await call(bob, "user/list")).toEqual(failed("unauthorized", "auth_key"));
    bob = { session: bob.session, authKey: String(pong.auth_key) };
    await pass(site(), 280);
    expect(await call(bob, "user/list")).toMatchObject({ response: "ok" });
    await pass(site(), 30);
    expect(await call(bob, "user/list")).toEqual(failed("unauthorized", "expired"));
    expect(await call(bob, "auth/ping")).toEqual(failed("unauthorized", "expired"));
  });

  it("a ping lets the session live on, for session_max from its login at most", async () => {
    const bob = await operator(site(), guarded(), "bob");
    const now = Math.floor(Date.now() / 1000);
    let key = bob.authKey;
    const ping = async () => {
      const pong = await guarded().call({ ...bob, authKey: key }, "auth/ping");
      key = String(pong.auth_key);
      return Number(pong.session_expires) - now;
    };
    await pass(site(), 200);
    expect(await ping()).toBeGreaterThanOrEqual(28_800);
    // An hour before its last.
    await site().sql("UPDATE {sessions} SET created = ?", [now - 7 * DAY + 3600]);
    expect(await ping()).toBe(3600);
    await site().sql("UPDATE {sessions} SET created = ?", [now - 7 * DAY + 2]);
    const pong = await guarded().call({ ...bob, authKey: key }, "auth/ping");
    // No key outlives its session.
    expect(pong).toMatchObject({ session_expires: now + 2, key_expires: now + 2 });
    await pass(site(), 3);
    const last = { ...bob, authKey: String(pong.auth_key) };
    expect(await guarded().call(last, "auth/ping")).toEqual(failed("unauthorized"));
    expect(await guarded().call(last, "user/list")).toEqual(failed("unauthorized"));
    // The next login sweeps up.
    await guarded().login({ username: "bob", password: PASSWORD });
    expect(await site().sql("SELECT * FROM {sessions}")).toHaveLength(1);
  });

  describe("on a machine whose clock is a day off", () => {
    afterEach(() => {
      vi.useRealTimers();
    });

    it.each([DAY, -DAY])("by %i s: times are the database's", async (off) => {
      const now = Math.floor(Date.now() / 1000);
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + off * 1000 });
      await site().ok("auth/add_user", { username: "bob", password: PASSWORD });
      const login = await guarded().call(undefined, "auth/login", {
        username: "bob",
        password: PASSWORD,
      });
      const near = (time: unknown, after: number) => {
        expect(Number(time) - now).toBeGreaterThanOrEqual(after);
        expect(Number(time) - now).toBeLessThan(after + 30);
      };
      near(login.session_expires, 28_800);
      near(login.key_expires, 300);
      const bob = { session: String(login.session), authKey: String(login.auth_key) };
      const pong = await guarded().call(bob, "auth/ping");
      near(pong.session_expires, 28_800);
      await site().ok("auth/new_apikey", { host_ip: HOST, access: "full_read" });
      const { list } = await site().ok("auth/list_apikeys");
      near((list as { created: number }[])[0]?.created, 0);
      for (let attempt = 1; attempt <= 5; attempt++) {
        await guarded().call(undefined, "auth/login", { username: "bob", password: "wrong" });
      }
      const [lock] = await site().sql("SELECT locked_until FROM {login_attempts}");
      near(lock?.locked_until, 60);
    });
  });

  it("pings by parameters too, as the API's programs do", async () => {
    const { session, authKey } = await operator(site(), guarded(), "bob");
    const ping = (params: object) => guarded().call(undefined, "auth/ping", { ...params });
    expect(await ping({})).toEqual(failed("unauthorized"));
    expect(await ping({ session, auth_key: "wrong" })).toEqual(failed("unauthorized"));
    expect(await ping({ session: "wrong", auth_key: authKey })).toEqual(failed("unauthorized"));
    expect(await ping({ session, auth_key: authKey })).toMatchObject({ response: "pong" });
    expect(await site().call("auth/ping", {})).toEqual(failed("unauthorized"));
  });

  it("a logout ends the session", async () => {
    const bob = await operator(site(), guarded(), "bob");
    const { call } = guarded();
    expect(await call(bob, "auth/logout", { session: bob.session })).toEqual({ response: "ok" });
    expect(await call(bob, "user/list")).toEqual(failed("unauthorized"));
    expect(await call(undefined, "auth/logout")).toEqual({ response: "ok" });
  });

  it("a disabled operator's sessions stop at once, and stay so", async () => {
    const bob = await operator(site(), guarded(), "bob");
    await site().ok("auth/update_user", { username: "bob", disable: true });
    expect(await guarded().call(bob, "user/list")).toEqual(failed("unauthorized"));
    await site().ok("auth/update_user", { username: "bob", enable: true });
    expect(await guarded().call(bob, "user/list")).toEqual(failed("unauthorized"));
  });

  it("a new level holds at once", async () => {
    const bob = await operator(site(), guarded(), "bob");
    const add = () => guarded().call(bob, "numbers/add", { number: "+4712345000" });
    expect(await add()).toEqual(failed("unauthorized", "limited_read"));
    await site().ok("auth/authorize_user", { username: "bob", access: "read_write" });
    expect(await add()).toMatchObject({ response: "ok" });
  });

  it("a new password ends the other sessions", async () => {
    const first = await operator(site(), guarded(), "bob", { access: "read_write" });
    const second = await guarded().login({ username: "bob", password: PASSWORD });
    await guarded().call(second, "auth/update_user", { username: "bob", password: "another" });
    expect(await guarded().call(first, "user/list")).toEqual(failed("unauthorized"));
    expect(await guarded().call(second, "user/list")).toMatchObject({ response: "ok" });
  });

  it("can't be tried out, nor be part of a batch", async () => {
    const params = { username: "bob", password: PASSWORD };
    await site().ok("auth/add_user", params);
    const { hermes } = guarded();
    for (const node of ["auth/login", "auth/logout", "auth/ping"]) {
      const given = node === "auth/login" ? params : { session: "x", auth_key: "x" };
      const tried = await hermes.call(node, given, { name: "x" }, { dryRun: true });
      expect(tried).not.toMatchObject({ response: "ok" });
      expect(await hermes.batch([{ node, params: given }], { name: "x" })).toEqual([
        expect.objectContaining({ cause: node === "auth/ping" ? "unauthorized" : "node" }),
      ]);
    }
    expect(await site().sql("SELECT * FROM {sessions}")).toEqual([]);
  });
}

function lockCases(site: () => Site, guarded: () => Guarded): void {
  const login = (password: string, username = "bob") =>
    guarded().call(undefined, "auth/login", { username, password });
  beforeEach(async () => {
    await site().ok("auth/add_user", { username: "bob", password: PASSWORD });
    await site().ok("auth/add_user", { username: "carol", password: PASSWORD });
  });

  it("five lock the username for a minute, even for the right password", async () => {
    for (let attempt = 1; attempt <= 4; attempt++) await login("wrong");
    expect(await login(PASSWORD)).toMatchObject({ response: "ok" });
    // Counted anew after a success.
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(await login("wrong")).toEqual(failed("unauthorized", "wrong"));
    }
    expect(await login(PASSWORD)).toEqual(failed("unauthorized", /locked for another \d+ s/));
    expect(await login(PASSWORD, "carol")).toMatchObject({ response: "ok" });
    await pass(site(), 30);
    expect(await login(PASSWORD)).toEqual(failed("unauthorized", "locked"));
    await pass(site(), 31);
    expect(await login(PASSWORD)).toMatchObject({ response: "ok" });
  });

  it("a disabled operator's right password is as wrong as any", async () => {
    await site().ok("auth/update_user", { username: "bob", disable: true });
    const told = new Set<unknown>();
    for (const password of ["wrong", "wrong", PASSWORD, "wrong", PASSWORD]) {
      told.add((await login(password)).detail);
    }
    expect(told.size).toBe(1);
    expect(await login("wrong")).toEqual(failed("unauthorized", "locked"));
    await site().ok("auth/update_user", { username: "bob", enable: true });
    expect(await login(PASSWORD)).toEqual(failed("unauthorized", "locked"));
  });

  it("names that nobody has are locked alike", async () => {
    for (let attempt = 1; attempt <= 5; attempt++) await login("wrong", "nobody");
    expect(await login("wrong", "nobody")).toEqual(failed("unauthorized", "locked"));
  });

  it("attempts at the same time are counted one by one", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => login("wrong")));
    const locked = answers.filter(({ detail }) => /locked/.test(String(detail)));
    expect(answers.every(({ cause }) => cause === "unauthorized")).toBe(true);
    expect(locked).toHaveLength(7);
    expect(await login(PASSWORD)).toEqual(failed("unauthorized", "locked"));
  });

  it("no name that was tried stands in the table", async () => {
    await login("wrong", "my-secret-by-mistake");
    expect(await site().snapshot()).not.toContain("my-secret-by-mistake");
  });
}

function apiKeyCases(site: () => Site, guarded: () => Guarded): void {
  const make = (host: string, access = "full_read") =>
    site().ok("auth/new_apikey", { host_ip: host, access });
  const login = (key: unknown) => guarded().call(undefined, "auth/login", { api_key: key });

  it("is made, shown once, listed without, used and removed", async () => {
    const made = await make(HOST);
    expect(made).toEqual({
      response: "ok",
      key: expect.stringMatching(/^hk_[0-9a-f]{10}_[\w-]{43}$/),
      id: expect.stringMatching(/^[0-9a-f]{10}$/),
      host: HOST,
      access: "full_read",
    });
    expect(await site().snapshot()).not.toContain(made.key);
    const entry = { id: made.id, host: HOST, access: "full_read", created: expect.any(Number) };
    const list = () => site().call("auth/list_apikeys");
    expect(await list()).toEqual({ response: "ok", list: [{ ...entry, last_used: null }] });
    expect(await login(made.key)).toMatchObject({ response: "ok", access: "full_read" });
    expect(await list()).toEqual({
      response: "ok",
      list: [{ ...entry, last_used: expect.any(Number) }],
    });
    const session = await guarded().login({ api_key: made.key });
    expect(await guarded().call(session, "auth/list_users")).toMatchObject({ response: "ok" });
    expect(await guarded().call(session, "numbers/add", { number: "+4712345000" })).toEqual(
      failed("unauthorized", "full_read"),
    );
    expect(await site().call("auth/remove_apikey", { api_key: made.id })).toEqual({
      response: "ok",
      key: made.id,
    });
    expect(await guarded().call(session, "auth/list_users")).toEqual(failed("unauthorized"));
    expect(await login(made.key)).toEqual(failed("unauthorized"));
  });

  it("is removed by the key itself, and by no other of its id", async () => {
    const { key, id } = await make(HOST);
    const remove = (api_key: unknown) => site().call("auth/remove_apikey", { api_key });
    expect(await remove(`hk_${id}_${"x".repeat(43)}`)).toEqual(failed("nonexistant"));
    expect(await remove("nonsense")).toEqual(failed("nonexistant"));
    expect(await remove(key)).toEqual({ response: "ok", key: id });
    expect(await remove(key)).toEqual(failed("nonexistant"));
  });

  it.each([
    ["192.0.2.0/24", true],
    ["192.0.2.7/32", true],
    ["0.0.0.0/0", true],
    ["192.0.2.8", false],
    ["198.51.100.0/24", false],
    ["2001:db8::/32", false],
  ])("one for %s works here: %s", async (host, works) => {
    const { key } = await make(host);
    const answer = await login(key);
    if (works) expect(answer).toMatchObject({ response: "ok" });
    else expect(answer).toEqual(failed("unauthorized", host));
  });

  it("its session works on no other machine", async () => {
    const { key } = await make(HOST);
    const credentials = await guarded().login({ api_key: key });
    const elsewhere = { name: "x", credentials, addresses: ["198.51.100.1"] };
    expect(await guarded().hermes.call("user/list", {}, elsewhere)).toEqual(failed("unauthorized"));
    const v6 = await guarded().hermes.call(
      "auth/login",
      { api_key: key },
      { ...elsewhere, addresses: ["::1"] },
    );
    expect(v6).toEqual(failed("unauthorized", "machine"));
  });

  it.each(["", "localhost", "192.0.2.256", "192.0.2.0/33", "::/129", "192.0.2.1/", "1.2.3.4/8/8"])(
    "refuses %j as a host",
    async (host_ip) => {
      const given = { host_ip, access: "full_read" };
      expect(await site().call("auth/new_apikey", given)).toEqual(invalid("parameters", "host_ip"));
    },
  );

  it("takes v6 addresses and networks", async () => {
    expect(await make("2001:DB8::/32")).toMatchObject({ host: "2001:db8::/32" });
    expect(await make("2001:db8::1")).toMatchObject({ host: "2001:db8::1" });
    expect(await site().call("auth/new_apikey", { host_ip: HOST })).toEqual(invalid("parameters"));
  });

  it("a right one elsewhere forgets no failure", async () => {
    const { key, id } = await make("198.51.100.1");
    for (let attempt = 1; attempt <= 4; attempt++) await login(`hk_${id}_${"x".repeat(43)}`);
    expect(await login(key)).toEqual(failed("unauthorized", "machine"));
    await login(`hk_${id}_${"x".repeat(43)}`);
    expect(await login(key)).toEqual(failed("unauthorized", "locked"));
  });

  it("five wrong ones of an id lock it", async () => {
    const { key, id } = await make(HOST);
    for (let attempt = 1; attempt <= 5; attempt++) await login(`hk_${id}_${"x".repeat(43)}`);
    expect(await login(key)).toEqual(failed("unauthorized", "locked"));
    const other = await make(HOST);
    expect(await login(other.key)).toMatchObject({ response: "ok" });
  });

  it("stops and goes with the operator who made it, and can do no more", async () => {
    const boss = await operator(site(), guarded(), "boss", { access: "read_write" });
    const { key } = await guarded().call(boss, "auth/new_apikey", {
      host_ip: HOST,
      access: "read_write",
    });
    const session = await guarded().login({ api_key: key });
    const add = () => guarded().call(session, "numbers/add", { number: "+4712345000" });
    expect(await add()).toMatchObject({ response: "ok" });
    await site().ok("auth/authorize_user", { username: "boss", access: "full_read" });
    expect(await add()).toEqual(failed("unauthorized"));
    expect(await login(key)).toMatchObject({ response: "ok", access: "full_read" });
    await site().ok("auth/update_user", { username: "boss", disable: true });
    expect(await login(key)).toEqual(failed("unauthorized", "disabled"));
    expect(await guarded().call(session, "user/list")).toEqual(failed("unauthorized"));
    await site().ok("auth/remove_user", { username: "boss" });
    expect(await site().ok("auth/list_apikeys")).toMatchObject({ list: [] });
  });
}

function managingCases(site: () => Site): void {
  const ALIAS = `4224@${DOMAIN}`;
  beforeEach(async () => {
    await addAlice(site());
    await addCarol(site());
    await site().ok("alias/add", { alias: ALIAS, destination: ALICE });
    for (const username of ["bob", "dora"]) {
      await site().ok("auth/add_user", { username, password_hash: SHA1 });
    }
  });
  const get = (extension: string) => site().call("extension/get_managing_user", { extension });
  const set = (params: Record<string, unknown>) =>
    site().call("extension/set_managing_user", { extension: ALICE, username: "bob", ...params });

  it("is unset, set, taken over and cleared", async () => {
    const bob = (await site().ok("auth/get_user", { username: "bob" })).user;
    const dora = (await site().ok("auth/get_user", { username: "dora" })).user;
    expect(await get(ALICE)).toEqual(failed("unset", ALICE));
    expect(await set({})).toEqual({ response: "ok", extension: ALICE, user: bob, previous: null });
    expect(await get(ALICE)).toEqual({ response: "ok", extension: ALICE, user: bob });
    expect(await set({})).toEqual(failed("exists", "bob"));
    expect(await set({ username: "dora" })).toEqual({
      response: "ok",
      extension: ALICE,
      user: dora,
      previous: "bob",
    });
    const clear = () => site().call("extension/clear_managing_user", { extension: ALICE });
    expect(await clear()).toEqual({ response: "ok", extension: ALICE, previous: "dora" });
    expect(await clear()).toEqual(failed("unset"));
    expect(await get(ALICE)).toEqual(failed("unset"));
  });

  it.each([ALIAS, "4224", "alice", "sip:4224@example.org", `ALICE@${DOMAIN}`.toLowerCase()])(
    "%s is Alice's extension",
    async (extension) => {
      await set({ extension });
      expect(await get(ALICE)).toMatchObject({ response: "ok", extension: ALICE });
    },
  );

  it("a remote account is an extension", async () => {
    expect(await set({ extension: "carol" })).toMatchObject({ response: "ok", extension: CAROL });
  });

  it("a user part alone must mean one account", async () => {
    await site().ok("user/add_remote", {
      user: "alice@provider.test",
      password: "x",
      displayname: "Another",
      registrar: "sip.provider.test",
    });
    expect(await set({ extension: "alice" })).toEqual(invalid("parameters", "provider.test"));
    expect(await set({ extension: "4224" })).toMatchObject({ response: "ok", extension: ALICE });
  });

  it.each([
    [{ extension: `nobody@${DOMAIN}` }, failed("nonexistant", "nobody")],
    [{ extension: "9999" }, failed("nonexistant", "9999")],
    [{ extension: "a b" }, invalid("parameters", "extension")],
    [{ username: "nobody" }, failed("nonexistant", "nobody")],
    [{ username: undefined }, invalid("parameters", "username")],
    [{ create: true, username: "new" }, invalid("parameters", "No password")],
    [{ create: true, username: "bob", generate: true }, failed("exists", "bob")],
    [{ password: "without create" }, invalid("parameters", "create")],
    [{ disabled: true }, invalid("parameters", "create")],
    [{ id: randomUUID() }, invalid("parameters", "create")],
  ])("refuses %j", async (given, answer) => {
    const before = await site().snapshot();
    const params = Object.entries({ extension: ALICE, username: "bob", ...given });
    const known = Object.fromEntries(params.filter(([, value]) => value !== undefined));
    expect(await site().call("extension/set_managing_user", known)).toEqual(answer);
    expect(await site().snapshot()).toBe(before);
    const { extension } = known;
    if (extension === ALICE || answer.response === "invalid") return;
    expect(await get(String(extension))).toEqual(answer);
    expect(await site().call("extension/clear_managing_user", { extension })).toEqual(answer);
  });

  it("makes the operator too", async () => {
    const answer = await set({ username: "new", create: true, password: "pw", lite: true });
    expect(answer).toMatchObject({
      response: "ok",
      previous: null,
      user: { username: "new", access: "limited_read", full: false, enabled: true },
    });
    expect(answer).not.toHaveProperty("password");
    const generated = await set({ username: "newer", create: true, generate: true });
    expect(generated).toMatchObject({ previous: "new", password: expect.any(String) });
    const id = randomUUID();
    const create = { create: true, generate: true, id };
    const disabled = await set({ ...create, username: "newest", disabled: true });
    expect(disabled).toMatchObject({ user: { id, enabled: false } });
    expect(await set({ ...create, username: "another" })).toEqual(failed("exists", id));
  });

  it("goes with the account, as rights do", async () => {
    await set({});
    await site().ok("extension/grant", { extension: ALICE, username: "dora", spy: true });
    await site().ok("alias/remove", { alias: ALIAS });
    await site().ok("user/remove", { user: ALICE });
    expect(await site().sql("SELECT * FROM {managing_users}")).toEqual([]);
    expect(await site().sql("SELECT * FROM {extension_grants}")).toEqual([]);
    await addAlice(site());
    expect(await get(ALICE)).toEqual(failed("unset"));
  });

  it.each(["add_local", "add_remote"])(
    "none outlives an account that another tool removed: %s",
    async (verb) => {
      const extension = verb === "add_local" ? ALICE : CAROL;
      await set({ extension });
      await site().ok("extension/grant", { extension, username: "dora", spy: true });
      const [username] = extension.split("@");
      await site().sql("DELETE FROM {subscriber} WHERE username = ?", [username]);
      await site().sql("DELETE FROM {users} WHERE username = ?", [username]);
      await site().sql("DELETE FROM {dbaliases}");
      await (verb === "add_local" ? addAlice(site()) : addCarol(site()));
      expect(await get(extension)).toEqual(failed("unset"));
      expect(await site().sql("SELECT * FROM {extension_grants}")).toEqual([]);
    },
  );

  it("stays where removing the account fails half-way", async () => {
    await set({});
    await site().ok("alias/remove", { alias: ALIAS });
    await site().refuse("DELETE", "managing_users");
    expect(await site().call("user/remove", { user: ALICE })).toEqual(failed("dbfail"));
    expect(await site().call("user/get", { user: ALICE })).toMatchObject({ response: "ok" });
    expect(await get(ALICE)).toMatchObject({ response: "ok" });
  });
}

function rightsCases(site: () => Site, guarded: () => Guarded): void {
  beforeEach(async () => {
    await addAlice(site());
    await addBob(site());
    for (const username of ["bob", "dora"]) {
      await site().ok("auth/add_user", { username, password_hash: SHA1 });
    }
  });
  const change = (verb: string, rights: object, username = "bob", extension = ALICE) =>
    site().call(`extension/${verb}`, { extension, username, ...rights });
  const permissions = (username: string) => site().call("extension/permissions", { username });

  it("are given and taken by name, the others stay", async () => {
    expect(await change("grant", { pickup: true, set_presence: true })).toEqual({
      response: "ok",
      extension: ALICE,
      username: "bob",
      permissions: { ...NONE, pickup: true, setPresence: true },
    });
    const override = "HIDE_PERSONAL_PHONEBOOK_AND_OFF_WORK";
    expect(
      await change("grant", { view_other_party: true, view_other_party_override: override }),
    ).toMatchObject({
      permissions: {
        ...NONE,
        pickup: true,
        setPresence: true,
        viewOtherParty: true,
        viewOtherPartyOverride: override,
      },
    });
    expect(await change("revoke", { pickup: true, spy: true })).toMatchObject({
      permissions: {
        ...NONE,
        setPresence: true,
        viewOtherParty: true,
        viewOtherPartyOverride: override,
      },
    });
    expect(await change("revoke", { view_other_party_override: "HIDE" })).toMatchObject({
      permissions: { viewOtherPartyOverride: override },
    });
    expect(await change("revoke", { view_other_party_override: override })).toMatchObject({
      permissions: { ...NONE, setPresence: true, viewOtherParty: true },
    });
  });

  it("all of them", async () => {
    expect(await change("grant", { all: true })).toMatchObject({ permissions: ALL });
    expect(await change("revoke", { all: true })).toMatchObject({ permissions: NONE });
    expect(await site().sql("SELECT * FROM {extension_grants}")).toEqual([]);
  });

  it.each(["grant", "revoke"])("extension/%s refuses what makes no sense", async (verb) => {
    expect(await change(verb, {})).toEqual(invalid("parameters", "right"));
    expect(await change(verb, { spy: true }, "nobody")).toEqual(failed("nonexistant", "nobody"));
    const nowhere = `nobody@${DOMAIN}`;
    expect(await change(verb, { spy: true }, "bob", nowhere)).toEqual(failed("nonexistant"));
    expect(await change(verb, { view_other_party_override: "SHOW" })).toEqual(
      invalid("parameters", "HIDE_OFF_WORK"),
    );
    expect(await change(verb, { fly: true })).toEqual(invalid("parameters", "fly"));
  });

  it("are shown per extension, all twelve, in order", async () => {
    expect(await permissions("bob")).toEqual(failed("extension", /^bob has no extensions$/));
    await change("grant", { control_sip_devices: true }, "bob", BOB);
    await change("grant", { view_other_party_override: "HIDE" });
    expect(await permissions("bob")).toEqual({
      response: "ok",
      permissions: { [BOB]: { ...NONE, controlSipDevices: true } },
    });
    await site().ok("extension/set_managing_user", { extension: ALICE, username: "bob" });
    const answer = await permissions("bob");
    expect(answer).toEqual({
      response: "ok",
      permissions: { [ALICE]: ALL, [BOB]: { ...NONE, controlSipDevices: true } },
    });
    const shown = answer.permissions as Record<string, object>;
    expect(Object.keys(shown)).toEqual([ALICE, BOB]);
    expect(Object.keys(shown[ALICE] ?? {})).toEqual(Object.keys(NONE));
    expect(await permissions("dora")).toEqual(failed("extension"));
    expect(await permissions("nobody")).toEqual(failed("nonexistant"));
  });

  it("who manages an extension holds them all, whatever is taken", async () => {
    await site().ok("extension/set_managing_user", { extension: ALICE, username: "bob" });
    expect(await change("revoke", { spy: true })).toMatchObject({ permissions: ALL });
    await site().ok("extension/clear_managing_user", { extension: ALICE });
    expect(await permissions("bob")).toEqual(failed("extension"));
  });

  it("one's own need a session alone, others' full_read", async () => {
    const bob = await guarded().login({ username: "bob", password: PASSWORD });
    const { call } = guarded();
    expect(await call(bob, "extension/permissions")).toEqual(failed("extension"));
    await change("grant", { spy: true });
    const own = { response: "ok", permissions: { [ALICE]: { ...NONE, spy: true } } };
    expect(await call(bob, "extension/permissions")).toEqual(own);
    expect(await call(bob, "extension/permissions", { username: "bob" })).toEqual(own);
    expect(await call(bob, "extension/permissions", { username: "dora" })).toEqual(
      failed("unauthorized", "full_read"),
    );
    await site().ok("auth/authorize_user", { username: "bob", access: "full_read" });
    expect(await call(bob, "extension/permissions", { username: "dora" })).toEqual(
      failed("extension"),
    );
    // In trust the session says who it is all the same.
    const caller = { name: "somebody", credentials: bob };
    expect(await site().hermes.call("extension/permissions", {}, caller)).toEqual(own);
    expect(await site().hermes.call("extension/permissions", {}, { name: "bob" })).toEqual(own);
    expect(await site().hermes.call("extension/permissions")).toEqual(failed("extension"));
  });

  it("ten thousand extensions take well under a second", async () => {
    const [bob] = await site().sql("SELECT id FROM {operators} WHERE username = ?", ["bob"]);
    const count = 10_000;
    for (let from = 0; from < count; from += 500) {
      const rows = Array.from({ length: 500 }, (_, index) => [
        bob?.id,
        `u${from + index}`,
        DOMAIN,
        from % 2,
        1,
      ]);
      await site().sql(
        `INSERT INTO {extension_grants} (operator_id, username, domain, spy, pickup) VALUES ${rows
          .map(() => "(?, ?, ?, ?, ?)")
          .join(", ")}`,
        rows.flat(),
      );
    }
    await permissions("bob");
    // What else the machine does is not counted.
    const before = process.cpuUsage();
    const answer = await permissions("bob");
    const { user, system } = process.cpuUsage(before);
    expect(Object.keys(answer.permissions as object)).toHaveLength(count);
    expect((user + system) / 1000).toBeLessThan(700);
  });
}
