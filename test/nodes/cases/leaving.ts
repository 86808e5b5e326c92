import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { register } from "../../support/location";
import { BARE_DOMAIN, DOMAIN, type Site } from "../../support/site";
import { ALICE, addAlice, addBob, addCarol, BOB, CAROL } from "./people";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");
const now = () => Math.floor(Date.now() / 1000);
const SMITH = `alice.smith@${DOMAIN}`;
const MAY_HOLD = expect.stringMatching(/may still hold a registration of alice@example\.org/);

/** user/remove, user/disable, user/enable and user/rename, and what of an account must not stay. */
export function leavingCases(site: () => Site): void {
  let alice: Record<string, unknown>;
  beforeEach(async () => {
    alice = await addAlice(site());
  });

  const subscriber = async (username = "alice") =>
    (await site().sql("SELECT * FROM {subscriber} WHERE username = ?", [username]))[0];
  const group = (name: string) =>
    site().sql("INSERT INTO {grp} (username, domain, grp) VALUES ('alice', ?, ?)", [DOMAIN, name]);
  const members = () => site().sql("SELECT username, grp FROM {grp} ORDER BY grp");
  const phones = async () =>
    (await site().sql("SELECT username FROM {location}")).map(({ username }) => username);

  describe("user/remove", () => {
    it("leaves neither group nor registration for a later account of the address", async () => {
      await group("int");
      await group("ld");
      await register(site(), ALICE, "sip:a@192.0.2.1", now() + 60);
      await register(site(), ALICE, "sip:a@192.0.2.2", 0);
      await register(site(), BOB, "sip:b@192.0.2.3", now() + 60);
      expect(await site().call("user/remove", { user: ALICE })).toMatchObject({ detail: MAY_HOLD });
      expect(await members()).toEqual([]);
      expect(await phones()).toEqual(["bob"]);
    });

    it("says nothing of registrations where the account is at another provider", async () => {
      await addCarol(site());
      expect(await site().call("user/remove", { user: CAROL })).not.toHaveProperty("detail");
    });

    it("warns of each in a batch, and of none that was refused or only tried", async () => {
      const remove = (user: string) => ({ node: "user/remove", params: { user } });
      await addBob(site());
      const requests = [remove(ALICE), remove(CAROL), remove(BOB)];
      const caller = { name: "test" };
      const tried = await site().hermes.batch(requests, caller, { dryRun: true });
      expect(tried[0]).not.toHaveProperty("detail");
      expect(await site().hermes.batch(requests, caller)).toEqual([
        expect.objectContaining({ response: "ok", detail: MAY_HOLD }),
        failed("nonexistant", /^There is no account/),
        expect.objectContaining({ detail: expect.stringContaining(BOB) }),
      ]);
    });
  });

  describe("user/add_local", () => {
    it("takes neither groups nor registrations over that another tool left behind", async () => {
      await site().sql("DELETE FROM {subscriber}");
      await site().sql("DELETE FROM {users}");
      await group("int");
      await register(site(), ALICE, "sip:a@192.0.2.1", now() + 60);
      await addAlice(site());
      expect(await members()).toEqual([]);
      expect(await phones()).toEqual([]);
    });
  });

  describe("user/change_pw", () => {
    it("ends registrations that were made with the old password", async () => {
      await register(site(), ALICE, "sip:a@192.0.2.1", now() + 60);
      expect(await site().ok("user/change_pw", { user: ALICE, generate: true })).toMatchObject({
        detail: expect.stringMatching(/^Changed the password of .*org\. A running Kamailio may/),
      });
      expect(await phones()).toEqual([]);
    });

    it("leaves them where nothing else changes", async () => {
      await register(site(), ALICE, "sip:a@192.0.2.1", now() + 60);
      await site().ok("user/update", { user: ALICE, email: "new@mail.test", displayname: "A" });
      await site().ok("permission/set", { user: ALICE, permission: 255 });
      expect(await phones()).toEqual(["alice"]);
    });
  });

  describe("user/disable", () => {
    it("gives Kamailio digests of a password that nobody has, and ends registrations", async () => {
      await register(site(), ALICE, "sip:a@192.0.2.1", now() + 60);
      expect(await site().call("user/disable", { user: ALICE })).toEqual({
        response: "ok",
        user: ALICE,
        enabled: false,
        detail: MAY_HOLD,
      });
      const locked = await subscriber();
      expect(locked?.ha1).toBe(md5(`alice:${DOMAIN}:${locked?.password}`));
      expect(locked?.ha1b).toBe(md5(`alice@${DOMAIN}:${DOMAIN}:${locked?.password}`));
      expect(locked?.password).toMatch(/^[A-Za-z2-9]{24}$/);
      expect(locked?.password).not.toBe(alice.password);
      expect(await phones()).toEqual([]);
    });

    it("keeps everything else, and the account is shown as before", async () => {
      await site().ok("alias/add", { alias: `4224@${DOMAIN}`, destination: ALICE });
      await group("int");
      await site().ok("user/disable", { user: ALICE });
      expect(await site().ok("user/get", { user: ALICE })).toMatchObject({ user: alice });
      expect(await site().ok("user/show", { user: "4224" })).toMatchObject({ enabled: false });
      expect(await members()).toHaveLength(1);
    });

    it("once more changes nothing", async () => {
      await site().ok("user/disable", { user: ALICE });
      const before = await site().snapshot();
      expect(await site().ok("user/disable", { user: ALICE })).toMatchObject({ enabled: false });
      expect(await site().snapshot()).toBe(before);
    });

    it("takes a new password for later, and stays disabled", async () => {
      await site().ok("user/disable", { user: ALICE });
      const locked = await subscriber();
      await site().ok("user/change_pw", { user: ALICE, password: "quite another" });
      expect(await subscriber()).toEqual(locked);
      await site().ok("user/enable", { user: ALICE });
      expect(await subscriber()).toMatchObject({
        password: "quite another",
        ha1: md5(`alice:${DOMAIN}:quite another`),
      });
    });

    it("leaves nothing when the account is removed: its address is anybody's", async () => {
      await site().ok("user/disable", { user: ALICE });
      await site().ok("user/remove", { user: ALICE });
      await addAlice(site());
      expect(await site().ok("user/show", { user: ALICE })).toMatchObject({ enabled: true });
    });

    it("refuses what is no local account", async () => {
      await addCarol(site());
      for (const node of ["user/disable", "user/enable"]) {
        expect(await site().call(node, { user: BOB })).toEqual(failed("nonexistant"));
        expect(await site().call(node, { user: CAROL })).toEqual(failed("nonexistant", "remote"));
        expect(await site().call(node, { user: "alice" })).toEqual(failed("invalid"));
      }
    });
  });

  describe("user/enable", () => {
    it("puts back what was there, to the letter", async () => {
      const before = await site().snapshot();
      await site().ok("user/disable", { user: ALICE });
      expect(await site().call("user/enable", { user: ALICE })).toEqual({
        response: "ok",
        user: ALICE,
        enabled: true,
      });
      expect(await site().snapshot()).toBe(before);
    });

    it("puts back digests alone where Kamailio had no more", async () => {
      await site().sql("UPDATE {subscriber} SET password = ''");
      const before = await subscriber();
      await site().ok("user/disable", { user: ALICE });
      await site().ok("user/enable", { user: ALICE });
      expect(await subscriber()).toEqual(before);
    });

    it("changes nothing of an account that is not disabled", async () => {
      const before = await site().snapshot();
      expect(await site().ok("user/enable", { user: ALICE })).toMatchObject({ enabled: true });
      expect(await site().snapshot()).toBe(before);
    });
  });

  describe("user/rename", () => {
    const rename = (to = SMITH, user = ALICE) => site().call("user/rename", { user, to });

    it("moves the account, with its digests made anew", async () => {
      expect(await rename()).toEqual({
        response: "ok",
        user: SMITH,
        from: ALICE,
        detail: MAY_HOLD,
      });
      const { password } = alice;
      expect(await site().ok("user/get", { user: SMITH })).toMatchObject({
        user: {
          ...alice,
          ...{ username: "alice.smith", authid: "alice.smith", linetext: "alice.smith" },
          ha1: md5(`alice.smith:${DOMAIN}:${password}`),
          ha1b: md5(`${SMITH}:${DOMAIN}:${password}`),
        },
      });
      expect(await site().call("user/get", { user: ALICE })).toEqual(failed("nonexistant"));
    });

    it("moves all that hangs on it, and ends its registrations", async () => {
      await site().ok("auth/add_user", { username: "boss", password: "long enough a word" });
      await site().ok("numbers/add", { number: "+4712345000" });
      await site().ok("numbers/assign", { number: "+4712345000", user: ALICE });
      await site().ok("alias/add", { alias: `4224@${DOMAIN}`, destination: ALICE });
      await site().ok("phone/add", { user: ALICE, mac: "f00ba2ba5c00" });
      await site().ok("user/forward", { user: ALICE, to: "+4712345999" });
      await site().ok("permission/set", { user: ALICE, permission: 63 });
      await site().ok("extension/set_managing_user", { extension: ALICE, username: "boss" });
      await site().ok("extension/grant", { extension: ALICE, username: "boss", pickup: true });
      await group("int");
      await register(site(), ALICE, "sip:a@192.0.2.1", now() + 60);
      await rename();
      expect(await site().ok("user/show", { user: "4224" })).toMatchObject({
        user: { username: "alice.smith", email: "alice@mail.test" },
        aliases: [`+4712345000@${DOMAIN}`, `4224@${DOMAIN}`],
        number: "+4712345000",
        phones: ["f00ba2ba5c00"],
        permission: 63,
        forward: "+4712345999",
        managing_user: "boss",
        locations: [],
        last_seen: expect.any(Number),
      });
      expect(await members()).toEqual([{ username: "alice.smith", grp: "int" }]);
      const rights = await site().sql("SELECT username FROM {extension_grants}");
      expect(rights).toEqual([{ username: "alice.smith" }]);
      await addAlice(site());
      expect(await site().ok("user/show", { user: ALICE })).toMatchObject({
        ...{ aliases: [], phones: [], permission: 7, forward: null, managing_user: null },
        last_seen: null,
      });
    });

    it("back again is as before", async () => {
      await site().ok("phone/add", { user: ALICE, mac: "f00ba2ba5c00" });
      await group("int");
      const shown = await site().ok("user/show", { user: ALICE });
      await rename();
      await rename(ALICE, SMITH);
      expect(await site().ok("user/show", { user: ALICE })).toEqual(shown);
    });

    it("makes a password where only digests are known, and answers it", async () => {
      await site().sql("UPDATE {subscriber} SET password = ''");
      await site().sql("UPDATE {users} SET password = ''");
      const { password } = await rename();
      expect(password).toMatch(/^[A-Za-z2-9]{24}$/);
      expect(await site().ok("user/get", { user: SMITH })).toMatchObject({
        user: { password, ha1: md5(`alice.smith:${DOMAIN}:${password}`) },
      });
      expect(await site().sql("SELECT password FROM {users}")).toEqual([{ password }]);
    });

    it("takes provisioning's password where Kamailio has its digests alone", async () => {
      await site().sql("UPDATE {subscriber} SET password = ''");
      expect(await rename()).not.toHaveProperty("password");
      expect(await subscriber("alice.smith")).toMatchObject({
        password: "",
        ha1: md5(`alice.smith:${DOMAIN}:${alice.password}`),
      });
    });

    it("leaves a disabled account disabled, with the password it had", async () => {
      await site().ok("user/disable", { user: ALICE });
      await rename();
      expect(await site().ok("user/show", { user: SMITH })).toMatchObject({
        enabled: false,
        user: { password: alice.password },
      });
      expect((await subscriber("alice.smith"))?.password).not.toBe(alice.password);
      await site().ok("user/enable", { user: SMITH });
      expect(await subscriber("alice.smith")).toMatchObject({
        ha1: md5(`alice.smith:${DOMAIN}:${alice.password}`),
      });
    });

    it("takes the new domain's servers where the account had the old one's", async () => {
      const servers = {
        registrar: "r.bare.test",
        r_port: 5061,
        proxy: "p.bare.test",
        p_port: 5062,
      };
      await site().ok("domain/set_servers", {
        ...{ domain: BARE_DOMAIN, ...servers, prov_url: "https://bare.test/prov" },
      });
      await rename(`alice@${BARE_DOMAIN}`);
      expect(await site().ok("user/get", { user: `alice@${BARE_DOMAIN}` })).toMatchObject({
        user: servers,
      });
    });

    it("spells the address otherwise", async () => {
      const other = `Alice@${DOMAIN}`;
      await site().ok("alias/add", { alias: `4224@${DOMAIN}`, destination: ALICE });
      expect(await rename(other)).toMatchObject({ response: "ok", user: other });
      expect(await site().sql("SELECT username FROM {subscriber}")).toEqual([
        { username: "Alice" },
      ]);
      expect(await site().ok("alias/list", { destination: other })).toMatchObject({
        aliases: [{ destination: other }],
      });
    });

    it("renames a remote account, which stays one", async () => {
      await addCarol(site());
      expect(await rename("caro@provider.test", CAROL)).toEqual({
        ...{ response: "ok", user: "caro@provider.test", from: CAROL },
      });
      expect(await rename(BOB, "caro@provider.test")).toEqual(failed("domain", "remote"));
    });

    it("takes a number that becomes its name from the pool", async () => {
      await site().ok("numbers/add", { number: "+4712345000" });
      await rename(`+4712345000@${DOMAIN}`);
      expect(await site().sql("SELECT * FROM {numbers}")).toEqual([]);
    });

    it.each([
      ["an address that an account has", BOB, failed("exists", BOB)],
      ["its own", ALICE, failed("exists", ALICE)],
      ["an address that an alias has", `4224@${DOMAIN}`, failed("exists", "alias")],
      ["a domain that is not Kamailio's", "alice@elsewhere.test", failed("domain")],
      ["what is no address", "alice", failed("invalid")],
      ["nothing", "", invalid("parameters")],
    ])("refuses %s", async (_, to, answer) => {
      await addBob(site());
      await site().ok("alias/add", { alias: `4224@${DOMAIN}`, destination: ALICE });
      const before = await site().snapshot();
      expect(await rename(to)).toEqual(answer);
      expect(await site().snapshot()).toBe(before);
    });

    it("refuses an account that is not there", async () => {
      expect(await rename(SMITH, BOB)).toEqual(failed("nonexistant"));
    });
  });
}
