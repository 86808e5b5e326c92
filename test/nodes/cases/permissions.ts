import { beforeEach, describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { BARE_DOMAIN, DOMAIN, type Site } from "../../support/site";
import { ALICE, addAlice, addBob, addCarol, BOB, CAROL } from "./people";

const names = [
  ...["NOCALLS", "EMERGENCY", "INTERNAL", "VOIP"],
  ...["NATIONAL", "SERVICES", "INTERNATIONAL", "OTHERS"],
];

/** permission/get, permission/check and permission/set. */
export function permissionCases(site: () => Site): void {
  beforeEach(() => addAlice(site()));
  const get = () => site().call("permission/get", { user: ALICE });
  const set = (given: object) => site().call("permission/set", { user: ALICE, ...given });

  it("permission/get answers the number and its flags", async () => {
    expect(await get()).toEqual({
      response: "ok",
      user: ALICE,
      permission: 7,
      flags: ["NOCALLS", "EMERGENCY", "INTERNAL"],
    });
  });

  it("permission/get answers 0 where nothing is set", async () => {
    await site().sql("DELETE FROM {usr_preferences}");
    if (site().shape === "permittedcalls") {
      await site().sql("UPDATE {subscriber} SET permittedcalls = NULL");
    }
    expect(await get()).toMatchObject({ response: "ok", permission: 0, flags: [] });
  });

  it("permission/set writes where Kamailio reads it, once", async () => {
    await set({ permission: 8 });
    await set({ permission: 255 });
    const rows = await site().sql(
      site().shape === "permittedcalls"
        ? "SELECT permittedcalls AS value FROM {subscriber}"
        : "SELECT value FROM {usr_preferences} WHERE attribute = 'permittedcalls'",
    );
    expect(rows.map(({ value }) => Number(value))).toEqual([255]);
    expect(await get()).toMatchObject({ permission: 255, flags: names });
  });

  it.each([
    [{ permission: 63 }, 63],
    [{ permission: "0" }, 0],
    [{ flags: "VOIP,NATIONAL" }, 24],
    [{ flags: "voip, National" }, 24],
    [{ flags: ["OTHERS"] }, 128],
    [{ flags: "ALL" }, 255],
    [{ flags: "all", remove: true }, 0],
    [{ flags: "VOIP", add: true }, 15],
    [{ flags: "INTERNAL", add: true }, 7],
    [{ flags: "INTERNAL,OTHERS", remove: true }, 3],
  ])("permission/set %j makes 7 to %i", async (given, permission) => {
    const answer = {
      response: "ok",
      user: ALICE,
      permission,
      flags: names.filter((_, bit) => permission & (1 << bit)),
    };
    expect(await set(given)).toEqual(answer);
    expect(await get()).toEqual(answer);
  });

  it.each([
    {},
    { permission: 256 },
    { permission: -1 },
    { permission: "seven" },
    { permission: 1.5 },
    { permission: "" },
    { permission: 7, flags: "VOIP" },
    { permission: 7, add: true },
    { flags: "" },
    { flags: [] },
    { flags: "VOIP,," },
    { flags: "VOIPP" },
    { flags: "constructor" },
    { flags: "VOIP", add: true, remove: true },
  ])("permission/set refuses %j", async (given) => {
    expect(await set(given)).toEqual(invalid("parameters"));
    expect(await get()).toMatchObject({ permission: 7 });
  });

  it("proposes the flag that was meant", async () => {
    expect(await set({ flags: "VOPI" })).toEqual(invalid("parameters", "Did you mean VOIP"));
  });

  describe("permission/check", () => {
    // Of the country that there is without any configuration: Norway.
    const check = (called: unknown) => site().call("permission/check", { user: ALICE, called });

    it.each([
      ["113", "EMERGENCY", `113@${DOMAIN}`, true],
      ["22 22 22 22", "NATIONAL", `22222222@${DOMAIN}`, false],
      ["+4782012345", "SERVICES", `+4782012345@${DOMAIN}`, false],
      ["0046812345678", "INTERNATIONAL", `0046812345678@${DOMAIN}`, false],
      [BOB, "INTERNAL", BOB, true],
      ["bob", "INTERNAL", BOB, true],
      [`sip:bob@${DOMAIN}`, "INTERNAL", BOB, true],
      ["4224", "INTERNAL", `4224@${DOMAIN}`, true],
      [`7001@${BARE_DOMAIN}`, "VOIP", `7001@${BARE_DOMAIN}`, false],
      ["someone@provider.test", "VOIP", "someone@provider.test", false],
    ])("%s is %s", async (given, kind, called, allowed) => {
      await addBob(site());
      await site().ok("alias/add", { alias: `4224@${DOMAIN}`, destination: BOB });
      const outside = { alias: `7001@${BARE_DOMAIN}`, destination: CAROL };
      await site().ok("alias/add", outside);
      expect(await check(given)).toEqual({
        ...{ response: "ok", user: ALICE, called, class: kind, allowed },
        why: expect.stringMatching(allowed ? /The account has it/ : /The account has NOCALLS/),
      });
    });

    it("goes by the flags as they are, and by the default where none are set", async () => {
      await set({ permission: 16 });
      expect(await check("22222222")).toMatchObject({ class: "NATIONAL", allowed: true });
      expect(await check("113")).toMatchObject({ class: "EMERGENCY", allowed: false });
      await site().sql("DELETE FROM {usr_preferences}");
      if (site().shape === "permittedcalls") {
        await site().sql("UPDATE {subscriber} SET permittedcalls = NULL");
      }
      expect(await check("113")).toMatchObject({ allowed: true });
    });

    it("a disabled account can't call", async () => {
      await site().ok("user/disable", { user: ALICE });
      expect(await check("113")).toMatchObject({
        ...{ class: "EMERGENCY", allowed: false },
        why: expect.stringContaining("disabled"),
      });
    });

    it.each([
      ["1234", failed("rejected", "404")],
      ["nobody", failed("rejected", "404")],
      ["no number", failed("rejected", "no number")],
      ["@", failed("rejected")],
      ["x".repeat(256), invalid("parameters", "called")],
      ["", invalid("parameters", "called")],
    ])("refuses %j", async (called, answer) => {
      expect(await check(called)).toEqual(answer);
    });

    it("goes in a batch", async () => {
      const called = ["113", "1234", "22222222"];
      const requests = called.map((each) => ({
        ...{ node: "permission/check", params: { user: ALICE, called: each } },
      }));
      expect(await site().hermes.batch(requests, { name: "tester" })).toEqual([
        expect.objectContaining({ class: "EMERGENCY" }),
        failed("rejected"),
        expect.objectContaining({ class: "NATIONAL" }),
      ]);
    });
  });

  it.each(["permission/get", "permission/set", "permission/check"])(
    "%s needs a local account",
    async (node) => {
      await addCarol(site());
      const given = { "permission/set": { permission: 1 }, "permission/check": { called: "113" } }[
        node
      ];
      for (const user of [BOB, CAROL]) {
        expect(await site().call(node, { user, ...given })).toEqual(failed("nonexistant", user));
      }
      const answer = await site().call(node, { user: "alice", ...given });
      expect(answer).toEqual(failed("invalid"));
    },
  );
}
