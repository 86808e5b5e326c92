import { describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { register } from "../../support/location";
import { DOMAIN, type Site } from "../../support/site";
import { ALICE, addAlice, addBob, addCarol, BOB, CAROL } from "./people";

const now = () => Math.floor(Date.now() / 1000);
const DAY = 86_400;
const NUMBER = "+4712345000";

/** user/show, user/onboard, user/seen and the lists by presence: everything about a person. */
export function wholeCases(site: () => Site): void {
  const hire = (given: Record<string, unknown> = {}) =>
    site().call("user/onboard", {
      ...{ user: ALICE, displayname: "Alice", email: "alice@mail.test" },
      ...given,
    });
  const pool = (...numbers: string[]) =>
    Promise.all(numbers.map((number) => site().ok("numbers/add", { number })));

  describe("user/onboard", () => {
    it("adds the account with number, aliases, phones and permissions", async () => {
      await pool(NUMBER);
      const mac = ["f0:0b:a2:ba:5c:00", "f00ba2ba5c01"];
      const alias = ["4224", `boss@${DOMAIN}`];
      const flags = "EMERGENCY,NATIONAL";
      expect(await hire({ number: "+47 12 34 50 00", alias, mac, flags })).toEqual({
        response: "ok",
        user: expect.objectContaining({
          ...{ username: "alice", type: "local", permittedcalls: 18 },
          password: expect.stringMatching(/^[A-Za-z2-9]{24}$/),
        }),
        number: NUMBER,
        aliases: [`4224@${DOMAIN}`, `boss@${DOMAIN}`],
        phones: ["f00ba2ba5c00", "f00ba2ba5c01"],
        permission: 18,
      });
      expect(await site().sql("SELECT * FROM {numbers}")).toEqual([]);
      expect(await site().ok("user/show", { user: "boss" })).toMatchObject({
        number: NUMBER,
        phones: ["f00ba2ba5c00", "f00ba2ba5c01"],
      });
    });

    it("needs no more than user/add_local does", async () => {
      expect(await hire()).toMatchObject({
        ...{ response: "ok", number: null, aliases: [], phones: [], permission: 7 },
      });
    });

    it("takes the given password, and any number that the search matches", async () => {
      await pool(NUMBER, "+4799999999");
      expect(await hire({ password: "a word", number_from: "+479*" })).toMatchObject({
        user: { password: "a word" },
        number: "+4799999999",
      });
    });

    it("gives each in a batch a number of their own", async () => {
      await pool(NUMBER, "+4712345001");
      const requests = ["a", "b", "c"].map((name) => ({
        node: "user/onboard",
        params: {
          ...{ user: `${name}@${DOMAIN}`, displayname: name, email: "x@mail.test" },
          number_from: "+47*",
        },
      }));
      const answers = await site().hermes.batch(requests, { name: "test" });
      expect(answers.map(({ response }) => response)).toEqual(["ok", "ok", "failed"]);
      expect(answers.slice(0, 2).map(({ number }) => number)).toSatisfy(
        (numbers: string[]) => new Set(numbers).size === 2,
      );
      expect(await site().sql("SELECT username FROM {subscriber}")).toHaveLength(2);
    });

    it("gives searches in a batch that overlap a number each, to the last of the pool", async () => {
      const digits = ["1", "2", "3", "4", "5", "6"];
      await pool(...digits.map((digit) => `+4712345${digit}00`));
      const requests = digits.map((digit) => ({
        node: "user/onboard",
        params: {
          ...{ user: `a${digit}@${DOMAIN}`, displayname: "A", email: "x@mail.test" },
          number_from: `+47${"?".repeat(Number(digit))}*`,
        },
      }));
      const answers = await site().hermes.batch(requests, { name: "test" });
      expect(new Set(answers.map(({ number }) => number)).size).toBe(digits.length);
    });

    it.each([
      [{ number: "+4712345999" }, failed("nonexistant", "pool")],
      [{ number_from: "+33*" }, failed("empty")],
      [{ alias: `4224@${DOMAIN},4224` }, failed("exists", "4224")],
      [{ alias: "x@elsewhere.test" }, failed("nxdomain")],
      [{ mac: ["f00ba2ba5c00", "f00ba2ba5c00"] }, failed("exists", "f00ba2ba5c00")],
      [{ user: BOB }, failed("exists", BOB)],
      [{ user: CAROL }, failed("domain")],
      [{ mac: "nonsense" }, failed("invalid", "mac")],
      [{ flags: "NOPE" }, invalid("parameters", "flags|flag")],
      [{ number: NUMBER, number_from: "*" }, invalid("parameters")],
      [{ number: "123" }, failed("rejected")],
    ])("does nothing at all where it refuses %j", async (given, answer) => {
      await pool(NUMBER);
      await addBob(site());
      const before = await site().snapshot();
      expect(await hire({ mac: "f00ba2ba5c09", ...given })).toEqual(answer);
      expect(await site().snapshot()).toBe(before);
    });
  });

  describe("user/show", () => {
    it("answers everything about an account, by any of its names", async () => {
      await pool(NUMBER);
      await hire({ number: NUMBER, alias: "4224", mac: "f00ba2ba5c00" });
      await site().ok("user/forward", { user: ALICE, to: "+4712345999" });
      const expires = now() + 60;
      await register(site(), ALICE, "sip:a@192.0.2.1", expires);
      const shown = await site().ok("user/show", { user: ALICE });
      expect(shown).toEqual({
        response: "ok",
        user: (await site().ok("user/get", { user: ALICE })).user,
        aliases: [`+4712345000@${DOMAIN}`, `4224@${DOMAIN}`],
        number: NUMBER,
        phones: ["f00ba2ba5c00"],
        permission: 7,
        flags: ["NOCALLS", "EMERGENCY", "INTERNAL"],
        forward: "+4712345999",
        locations: [{ contact: "sip:a@192.0.2.1", useragent: "Phone 1.0", expires }],
        enabled: true,
        managing_user: null,
        servers: (await site().ok("domain/get_servers", { domain: DOMAIN })).servers,
        last_seen: expect.any(Number),
      });
      const names = ["alice", "4224", `4224@${DOMAIN}`, NUMBER, "+47 12 34 50 00", `sip:${ALICE}`];
      for (const user of names) {
        expect(await site().ok("user/show", { user })).toMatchObject({ user: shown.user });
      }
    });

    it("answers of a remote account what there is", async () => {
      await addCarol(site());
      expect(await site().ok("user/show", { user: CAROL })).toMatchObject({
        user: { type: "remote" },
        ...{ aliases: [], number: null, phones: [], permission: null, flags: [], forward: null },
        ...{ locations: [], enabled: true, managing_user: null, servers: null, last_seen: null },
      });
    });

    it.each([
      [BOB, failed("nonexistant", BOB)],
      ["4224", failed("nonexistant", "4224")],
      ["+4712345678", failed("nonexistant")],
      ["a b", invalid("parameters", "user")],
      ["", invalid("parameters", "user")],
    ])("refuses %j", async (user, answer) => {
      await addAlice(site());
      expect(await site().call("user/show", { user })).toEqual(answer);
    });
  });

  describe("user/list by what phones do", () => {
    const listed = async (given: Record<string, unknown>) =>
      ((await site().ok("user/list", given)).list as { user: string }[]).map(({ user }) => user);

    async function people() {
      await addAlice(site());
      await addBob(site());
      await addCarol(site());
      for (const name of ["dan", "eve", "gate"]) {
        const user = `${name}@${DOMAIN}`;
        await site().ok("user/add_local", { user, displayname: name, email: "x@mail.test" });
      }
      await register(site(), ALICE, "sip:a@192.0.2.1", now() + 60);
      await register(site(), ALICE, "sip:a@192.0.2.2", now() - 200 * DAY);
      await register(site(), BOB, "sip:b@192.0.2.1", now() - 10 * DAY);
      await register(site(), `dan@${DOMAIN}`, "sip:d@192.0.2.1", now() - 100 * DAY);
      await register(site(), `gate@${DOMAIN}`, "sip:g@192.0.2.1", 0);
    }
    const at = (...names: string[]) => names.map((name) => `${name}@${DOMAIN}`);

    it("knows who is registered and who is not, of Kamailio's own", async () => {
      await people();
      expect(await listed({ registered: true })).toEqual(at("alice", "gate"));
      expect(await listed({ offline: true })).toEqual(at("bob", "dan", "eve"));
      expect(await listed({ offline: true, search: "Bob" })).toEqual(at("bob"));
      expect(await listed({ registered: true, limit: 1 })).toEqual(at("alice"));
    });

    it("knows who has had no phone for so long, or ever", async () => {
      await people();
      expect(await listed({ unused: "90d" })).toEqual(at("dan", "eve"));
      expect(await listed({ unused: "1w" })).toEqual(at("bob", "dan", "eve"));
      expect(await listed({ unused: "300d" })).toEqual(at("eve"));
    });

    it("still knows it when Kamailio has forgotten, by user/seen", async () => {
      await people();
      expect(await site().call("user/seen")).toEqual({ response: "ok", registered: 2 });
      await site().sql("DELETE FROM {location}");
      expect(await listed({ unused: "90d" })).toEqual(at("dan", "eve"));
      expect(await listed({ unused: "1w" })).toEqual(at("bob", "dan", "eve"));
      expect(await listed({ registered: true })).toEqual([]);
      const before = await site().snapshot();
      await site().ok("user/seen");
      expect(await site().snapshot()).toBe(before);
    });

    it("notes a registration that a new password ends", async () => {
      await people();
      await site().ok("user/change_pw", { user: ALICE, generate: true });
      expect(await listed({ unused: "90d" })).toEqual(at("dan", "eve"));
    });

    it("knows nothing of an earlier account of the name", async () => {
      await people();
      await site().ok("user/seen");
      await site().ok("user/remove", { user: ALICE });
      await addAlice(site());
      expect(await listed({ unused: "90d" })).toEqual(at("alice", "dan", "eve"));
    });

    it.each([
      [{ registered: true, offline: true }, invalid("parameters")],
      [{ unused: "soon" }, invalid("parameters", "unused")],
      [{ unused: "" }, invalid("parameters", "unused")],
      [{ unused: "-1d" }, invalid("parameters", "unused")],
    ])("refuses %j", async (given, answer) => {
      expect(await site().call("user/list", given)).toEqual(answer);
    });
  });
}
