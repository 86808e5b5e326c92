import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { DOMAIN, type Site } from "../../support/site";
import { ALICE, addAlice, addBob, addCarol, BOB, CAROL } from "./people";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/** user/change_pw, user/change_email, user/update, user/forward and user/gen_pw. */
export function changeCases(site: () => Site): void {
  describe("user/change_pw", () => {
    it("changes both passwords and both digests", async () => {
      await addAlice(site());
      const answer = await site().call("user/change_pw", { user: ALICE, password: "n3w p'ss" });
      expect(answer).toEqual({ response: "ok", detail: expect.stringContaining(ALICE) });
      await expectPassword("alice", "n3w p'ss");
    });

    it("generates one and shows it", async () => {
      const { password: old } = await addAlice(site());
      const answer = await site().call("user/change_pw", { user: ALICE, generate: true });
      expect(answer).toEqual({
        response: "ok",
        detail: expect.any(String),
        password: expect.stringMatching(/^[A-Za-z2-9]{24}$/),
      });
      expect(answer.password).not.toBe(old);
      await expectPassword("alice", answer.password as string);
    });

    it("is fine with the password that is set already", async () => {
      const { password } = await addAlice(site());
      await site().ok("user/change_pw", { user: ALICE, password });
    });

    it("makes the digests over the address as it is stored", async () => {
      await addAlice(site());
      const given = { user: `aLiCe@${DOMAIN}`, password: "secret" };
      const answer = await site().call("user/change_pw", given);
      if (site().kind === "sqlite") expect(answer).toEqual(failed("nonexistant"));
      else await expectPassword("alice", "secret");
    });

    it("changes a remote account's in provisioning", async () => {
      await addCarol(site());
      await site().ok("user/change_pw", { user: CAROL, password: "other" });
      expect(await site().sql("SELECT password FROM {users}")).toEqual([{ password: "other" }]);
    });

    it("changes one that only Kamailio has", async () => {
      await site().sql("INSERT INTO {subscriber} (username, domain) VALUES ('alice', ?)", [DOMAIN]);
      await site().ok("user/change_pw", { user: ALICE, password: "secret" });
      const [row] = await site().sql("SELECT ha1 FROM {subscriber}");
      expect(row?.ha1).toBe(md5(`alice:${DOMAIN}:secret`));
    });

    it.each([
      [{ password: "x" }, invalid("parameters", "user")],
      [{ user: ALICE }, invalid("parameters", "password")],
      [{ user: ALICE, password: "" }, invalid("parameters", "password")],
      [{ user: ALICE, password: "x", generate: true }, invalid("parameters")],
      [{ user: ALICE, password: "x".repeat(65) }, invalid("parameters", "password")],
      [{ user: "alice", password: "x" }, failed("invalid")],
      [{ user: BOB, password: "x" }, failed("nonexistant", BOB)],
    ])("refuses %j", async (given, answer) => {
      await addAlice(site());
      const before = await site().snapshot();
      expect(await site().call("user/change_pw", given)).toEqual(answer);
      expect(await site().snapshot()).toBe(before);
    });

    it.each(["subscriber", "users"])("changes both or neither: %s fails", async (table) => {
      await addAlice(site());
      const before = await site().snapshot();
      await site().refuse("UPDATE", table);
      expect(await site().call("user/change_pw", { user: ALICE, password: "x" })).toEqual(
        failed("dbfail", "not today"),
      );
      expect(await site().snapshot()).toBe(before);
    });

    async function expectPassword(username: string, password: string) {
      const [subscriber] = await site().sql("SELECT * FROM {subscriber}");
      const [user] = await site().sql("SELECT * FROM {users}");
      expect(user).toMatchObject({ username, password });
      expect(subscriber).toMatchObject({
        username,
        password,
        ha1: md5(`${username}:${DOMAIN}:${password}`),
        ha1b: md5(`${username}@${DOMAIN}:${DOMAIN}:${password}`),
      });
    }
  });

  describe("user/change_email", () => {
    it("answers address and mail address, and user/get shows it", async () => {
      await addAlice(site());
      const given = { user: ALICE, email: "new@mail.test" };
      expect(await site().call("user/change_email", given)).toEqual({ response: "ok", ...given });
      expect(await site().call("user/change_email", given)).toEqual({ response: "ok", ...given });
      expect(await site().ok("user/get", { user: ALICE })).toMatchObject({
        user: { email: "new@mail.test" },
      });
      const rows = await site().sql(
        "SELECT value FROM {usr_preferences} WHERE attribute = 'email'",
      );
      expect(rows).toEqual(site().shape === "v6" ? [] : [{ value: "new@mail.test" }]);
    });

    it.each([
      [{ user: BOB }, failed("nonexistant")],
      [{ user: CAROL }, failed("nonexistant", "remote")],
      [{ user: "alice" }, failed("invalid")],
      [{ user: ALICE, email: undefined }, invalid("parameters", "email")],
      [{ user: ALICE, email: "not a mail address" }, invalid("parameters", "email")],
      [{ user: ALICE, email: `${"x".repeat(60)}@mail.test` }, invalid("parameters", "email")],
    ])("refuses %j", async (change, answer) => {
      await addAlice(site());
      await addCarol(site());
      const given = { email: "new@mail.test", ...change };
      expect(await site().call("user/change_email", given)).toEqual(answer);
    });
  });

  describe("user/update", () => {
    it("answers what it changed and what was so already", async () => {
      await addAlice(site());
      const given = { displayname: "Alice", dialplan: "(.*)", linetext: "☎ 4224" };
      expect(await site().call("user/update", { user: ALICE, ...given })).toEqual({
        response: "ok",
        updated: ["dialplan", "linetext"],
        skipped: ["displayname"],
      });
      expect(await site().call("user/update", { user: ALICE, ...given })).toEqual({
        response: "ok",
        updated: [],
        skipped: ["displayname", "dialplan", "linetext"],
      });
      expect(await site().ok("user/get", { user: ALICE })).toMatchObject({ user: given });
    });

    it("changes the mail address", async () => {
      await addAlice(site());
      const given = { user: ALICE, email: "new@mail.test" };
      expect(await site().call("user/update", given)).toMatchObject({ updated: ["email"] });
      expect(await site().call("user/update", given)).toMatchObject({ skipped: ["email"] });
      expect(await site().ok("user/get", { user: ALICE })).toMatchObject({
        user: { email: "new@mail.test" },
      });
    });

    it("changes a remote account", async () => {
      await addCarol(site());
      expect(await site().call("user/update", { user: CAROL, linetext: "C" })).toEqual({
        response: "ok",
        updated: ["linetext"],
        skipped: [],
      });
    });

    it("clears dial plan and line text, given empty", async () => {
      await addAlice(site());
      await site().ok("user/update", { user: ALICE, dialplan: "(.*)" });
      const given = { user: ALICE, dialplan: "", linetext: "" };
      expect(await site().call("user/update", given)).toEqual({
        ...{ response: "ok", updated: ["dialplan", "linetext"], skipped: [] },
      });
      const { user } = await site().ok("user/get", { user: ALICE });
      expect(user).toMatchObject({ dialplan: null, linetext: null });
      expect(await site().call("user/update", { user: ALICE, dialplan: "" })).toEqual({
        ...{ response: "ok", updated: [], skipped: ["dialplan"] },
      });
    });

    it("takes a remote account's proxy along with the registrar, while they are the same", async () => {
      await addCarol(site());
      const update = (given: Record<string, unknown>) =>
        site().call("user/update", { user: CAROL, ...given });
      const carol = async () => (await site().ok("user/get", { user: CAROL })).user;
      expect(await update({ registrar: "sip2.provider.test", r_port: 5080 })).toMatchObject({
        updated: ["registrar", "r_port"],
      });
      expect(await carol()).toMatchObject({
        ...{ registrar: "sip2.provider.test", r_port: 5080 },
        ...{ proxy: "sip2.provider.test", p_port: 5080 },
      });
      await update({ proxy: "proxy.provider.test", p_port: 5090, authid: "c" });
      await update({ registrar: "sip3.provider.test", r_port: 5081 });
      expect(await carol()).toMatchObject({
        ...{ registrar: "sip3.provider.test", r_port: 5081, authid: "c" },
        ...{ proxy: "proxy.provider.test", p_port: 5090 },
      });
    });

    it("leaves the servers of a local account to its domain", async () => {
      await addAlice(site());
      const before = await site().snapshot();
      expect(await site().call("user/update", { user: ALICE, registrar: "sip.test" })).toEqual(
        invalid("parameters", "set-servers"),
      );
      expect(await site().snapshot()).toBe(before);
    });

    it("changes nothing where a part of it can't be done", async () => {
      await addCarol(site());
      const before = await site().snapshot();
      const given = { user: CAROL, linetext: "C", email: "c@mail.test" };
      expect(await site().call("user/update", given)).toEqual(failed("nonexistant", "mail"));
      expect(await site().snapshot()).toBe(before);
    });

    it("names the parameter that the database refused, and changes none", async () => {
      await addAlice(site());
      const before = await site().snapshot();
      await site().refuse("UPDATE", "users");
      expect(await site().call("user/update", { user: ALICE, linetext: "x" })).toEqual({
        ...failed("dbfail", "not today"),
        failed: ["linetext"],
      });
      const email = { user: ALICE, email: "new@mail.test" };
      await site().refuse(
        site().shape === "v6" ? "UPDATE" : "INSERT",
        site().shape === "v6" ? "subscriber" : "usr_preferences",
      );
      expect(await site().call("user/update", email)).toEqual({
        ...failed("dbfail"),
        failed: ["email"],
      });
      expect(await site().snapshot()).toBe(before);
    });

    it.each([
      [{ user: BOB, displayname: "x" }, failed("nonexistant")],
      [{ user: "alice", displayname: "x" }, failed("invalid")],
      [{ user: ALICE }, invalid("parameters", "--displayname")],
      [{ user: ALICE, displayname: "" }, invalid("parameters", "displayname")],
      [{ user: ALICE, email: "nonsense" }, invalid("parameters", "email")],
      [{ user: ALICE, password: "x" }, invalid("parameters", "password")],
    ])("refuses %j", async (given, answer) => {
      await addAlice(site());
      expect(await site().call("user/update", given)).toEqual(answer);
    });
  });

  describe("user/forward", () => {
    it("sets, shows and ends it, in one row that Kamailio reads", async () => {
      await addAlice(site());
      const forward = (given = {}) => site().call("user/forward", { user: ALICE, ...given });
      const rows = () =>
        site().sql(
          "SELECT username, domain, type, value FROM {usr_preferences} WHERE attribute = 'cfu'",
        );
      const row = { username: "alice", domain: DOMAIN, type: 0 };

      const nowhere = { forward: null, busy: null, noanswer: null };
      expect(await forward()).toEqual({ response: "ok", user: ALICE, ...nowhere });
      expect(await forward({ to: "+47 12 34 50 00" })).toEqual({
        ...{ response: "ok", user: ALICE, ...nowhere },
        forward: "+4712345000",
      });
      expect(await rows()).toEqual([{ ...row, value: "+4712345000" }]);
      expect(await forward({ to: "sip:bob@Provider.test" })).toMatchObject({
        forward: "bob@provider.test",
      });
      expect(await rows()).toEqual([{ ...row, value: "bob@provider.test" }]);
      expect(await forward()).toMatchObject({ forward: "bob@provider.test" });
      expect(await forward({ off: true })).toMatchObject({ response: "ok", forward: null });
      expect(await rows()).toEqual([]);
      expect(await forward({ off: true })).toMatchObject({ response: "ok", forward: null });
    });

    it.each([
      ["always", "forward", "cfu"],
      ["busy", "busy", "cfb"],
      ["noanswer", "noanswer", "cfna"],
    ])("--when %s is field %s and attribute %s, and no other", async (when, field, attribute) => {
      await addAlice(site());
      const forward = (given = {}) => site().call("user/forward", { user: ALICE, ...given });
      const nowhere = { response: "ok", user: ALICE, forward: null, busy: null, noanswer: null };
      const there = { ...nowhere, [field]: "+4712345000" };
      expect(await forward({ when, to: "+4712345000" })).toEqual(there);
      expect(await forward()).toEqual(there);
      expect(
        await site().sql("SELECT attribute FROM {usr_preferences} WHERE attribute LIKE 'cf%'"),
      ).toEqual([{ attribute }]);
      const other = when === "busy" ? "noanswer" : "busy";
      expect(await forward({ when: other, off: true })).toEqual(there);
      expect(await forward({ when, off: true })).toEqual(nowhere);
    });

    it.each([
      [{ user: BOB }, failed("nonexistant")],
      [{ user: ALICE, when: "sometimes", to: "+4712345000" }, invalid("parameters", "always")],
      [{ user: ALICE, when: "busy", to: ALICE }, failed("invalid", "itself")],
      [{ user: CAROL, to: "+4712345000" }, failed("nonexistant")],
      [{ user: "alice" }, failed("invalid")],
      [{ user: ALICE, to: "4224" }, failed("invalid", "to")],
      [{ user: ALICE, to: "+999123" }, failed("invalid", "to")],
      [{ user: ALICE, to: ALICE }, failed("invalid", "itself")],
      [{ user: ALICE, to: `${"x".repeat(64)}@${"y".repeat(60)}.org` }, failed("invalid", "long")],
      [{ user: ALICE, to: "+4712345000", off: true }, invalid("parameters")],
      [{ user: ALICE, to: "" }, invalid("parameters", "to")],
    ])("refuses %j", async (given, answer) => {
      await addAlice(site());
      await addCarol(site());
      const before = await site().snapshot();
      expect(await site().call("user/forward", given)).toEqual(answer);
      expect(await site().snapshot()).toBe(before);
    });

    it("does not forward to oneself in another spelling", async () => {
      if (site().kind === "sqlite") return;
      await addAlice(site());
      expect(await site().call("user/forward", { user: ALICE, to: `ALICE@${DOMAIN}` })).toEqual(
        failed("invalid", "itself"),
      );
    });
  });

  describe("user/gen_pw", () => {
    it("answers a password like those of add_local, another every time", async () => {
      const { password } = await site().ok("user/gen_pw");
      expect(password).toMatch(/^[A-Za-z2-9]{24}$/);
      expect((await site().ok("user/gen_pw")).password).not.toBe(password);
    });
  });

  describe("accounts beside each other", () => {
    it("are not touched by a change to one of them", async () => {
      await addAlice(site());
      await addBob(site());
      const bob = await site().ok("user/get", { user: BOB });
      await site().ok("user/change_pw", { user: ALICE, generate: true });
      await site().ok("user/update", { user: ALICE, displayname: "X", email: "x@mail.test" });
      await site().ok("permission/set", { user: ALICE, permission: 255 });
      expect(await site().ok("user/get", { user: BOB })).toEqual(bob);
    });
  });
}
