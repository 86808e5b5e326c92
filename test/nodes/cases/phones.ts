import { beforeEach, describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { DOMAIN, type Site } from "../../support/site";
import { ALICE, addAlice, addBob, addCarol, BOB, CAROL } from "./people";

const MAC = "f00ba2ba5c00";
const OTHER = "0004f2000001";

/** phone/get, phone/list, phone/add and phone/remove. */
export function phoneCases(site: () => Site): void {
  beforeEach(async () => {
    await addAlice(site());
    await addBob(site());
    await addCarol(site());
  });
  const add = (user: string, mac: string) => site().call("phone/add", { user, mac });

  describe("phone/add", () => {
    it.each([MAC, "F0:0B:A2:BA:5C:00", "f0-0b-a2-ba-5c-00", "f00b.a2ba.5c00", " F00BA2BA5C00 "])(
      "keeps %s as 12 lower-case digits",
      async (mac) => {
        expect(await add(ALICE, mac)).toEqual({
          response: "ok",
          mac: MAC,
          username: "alice",
          domain: DOMAIN,
        });
        expect(await site().sql("SELECT mac, username, domain FROM {phones}")).toEqual([
          { mac: MAC, username: "alice", domain: DOMAIN },
        ]);
      },
    );

    it("gives a phone several accounts, an account several phones", async () => {
      for (const user of [BOB, ALICE, CAROL]) await site().ok("phone/add", { user, mac: MAC });
      await site().ok("phone/add", { user: ALICE, mac: OTHER });
      expect(await site().call("phone/get", { mac: MAC })).toEqual({
        response: "ok",
        list: [ALICE, BOB, CAROL],
      });
      expect(await site().call("phone/get", { user: ALICE })).toEqual({
        response: "ok",
        list: [OTHER, MAC],
      });
    });

    it.each([
      [{ user: "alice", mac: MAC }, failed("invalid", "user")],
      [{ user: ALICE, mac: "f00ba2ba5c0" }, failed("invalid", "mac")],
      [{ user: ALICE, mac: "f0:0b:a2:ba:5c:0g" }, failed("invalid", "mac")],
      [{ user: `nobody@${DOMAIN}`, mac: MAC }, failed("nonexistant", "nobody")],
      [{ user: ALICE }, invalid("parameters", "mac")],
      [{ mac: MAC }, invalid("parameters", "user")],
      [{ user: ALICE, mac: "" }, invalid("parameters", "mac")],
    ])("refuses %j", async (given, answer) => {
      expect(await site().call("phone/add", given)).toEqual(answer);
      expect(await site().sql("SELECT * FROM {phones}")).toEqual([]);
    });

    it("refuses what is so already, however it is written", async () => {
      await site().ok("phone/add", { user: ALICE, mac: MAC });
      expect(await add(`sip:${ALICE}`, "F0:0B:A2:BA:5C:00")).toEqual(failed("exists"));
      if (site().kind === "mysql")
        expect(await add(`ALICE@${DOMAIN}`, MAC)).toEqual(failed("exists"));
    });

    it("refuses with dbfail where the database does", async () => {
      await site().refuse("INSERT", "phones");
      expect(await add(ALICE, MAC)).toEqual(failed("dbfail", "not today"));
    });
  });

  describe("phone/get", () => {
    it.each([
      [{ mac: OTHER }, failed("nonexistant")],
      [{ user: BOB }, failed("nonexistant")],
      [{ user: `nobody@${DOMAIN}` }, failed("nonexistant")],
      [{ user: "bob" }, failed("invalid")],
      [{ mac: "f00" }, failed("invalid")],
      [{}, invalid("parameters")],
      [{ user: ALICE, mac: MAC }, invalid("parameters")],
    ])("refuses %j", async (given, answer) => {
      await site().ok("phone/add", { user: ALICE, mac: MAC });
      expect(await site().call("phone/get", given)).toEqual(answer);
    });
  });

  describe("phone/list", () => {
    it("lists every phone once, in order; none is an empty list", async () => {
      expect(await site().call("phone/list")).toEqual({ response: "ok", list: [] });
      for (const user of [ALICE, BOB]) await site().ok("phone/add", { user, mac: MAC });
      await site().ok("phone/add", { user: ALICE, mac: OTHER });
      expect(await site().call("phone/list")).toEqual({ response: "ok", list: [OTHER, MAC] });
    });

    it.each([
      ["f00ba2", [MAC]],
      ["BA5C", [MAC]],
      ["f00ba2*", [MAC]],
      ["00", [OTHER, MAC]],
      ["00*", [OTHER]],
      ["????????????", [OTHER, MAC]],
      ["f00", [MAC]],
      ["f0:0b", [MAC]],
      ["F00B.A2", [MAC]],
      ["*-5C-00", [MAC]],
      [":", []],
      ["*f00", []],
      ["_00ba2ba5c00", []],
      ["%", []],
      ["😀", []],
    ])("finds %s", async (search, list) => {
      await site().ok("phone/add", { user: ALICE, mac: MAC });
      await site().ok("phone/add", { user: ALICE, mac: OTHER });
      expect(await site().call("phone/list", { search })).toEqual({ response: "ok", list });
    });
  });

  describe("phone/remove", () => {
    it("takes one account from one phone", async () => {
      for (const user of [ALICE, BOB]) await site().ok("phone/add", { user, mac: MAC });
      expect(await site().call("phone/remove", { user: ALICE, mac: "F0:0B:A2:BA:5C:00" })).toEqual({
        response: "ok",
        mac: MAC,
        username: "alice",
        domain: DOMAIN,
      });
      expect(await site().ok("phone/get", { mac: MAC })).toMatchObject({ list: [BOB] });
    });

    it.each([
      [{ user: BOB, mac: MAC }, failed("nonexistant")],
      [{ user: ALICE, mac: OTHER }, failed("nonexistant")],
      [{ user: "alice", mac: MAC }, failed("invalid")],
      [{ user: ALICE, mac: "xyz" }, failed("invalid")],
    ])("refuses %j", async (given, answer) => {
      await site().ok("phone/add", { user: ALICE, mac: MAC });
      expect(await site().call("phone/remove", given)).toEqual(answer);
      expect(await site().sql("SELECT mac FROM {phones}")).toEqual([{ mac: MAC }]);
    });
  });
}
