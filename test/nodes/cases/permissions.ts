import { beforeEach, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import type { Site } from "../../support/site";
import { ALICE, addAlice, addCarol, BOB, CAROL } from "./people";

const names = [
  ...["NOCALLS", "EMERGENCY", "INTERNAL", "VOIP"],
  ...["NATIONAL", "SERVICES", "INTERNATIONAL", "OTHERS"],
];

/** permission/get and permission/set. */
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

  it.each(["permission/get", "permission/set"])("%s needs a local account", async (node) => {
    await addCarol(site());
    const given = node.endsWith("set") ? { permission: 1 } : {};
    for (const user of [BOB, CAROL]) {
      expect(await site().call(node, { user, ...given })).toEqual(failed("nonexistant", user));
    }
    const answer = await site().call(node, { user: "alice", ...given });
    expect(answer).toEqual(failed("invalid"));
  });
}
