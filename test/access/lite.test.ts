import { beforeEach, describe, expect, it } from "vitest";
import type { Credentials } from "../../src/model/credentials";
import { ALICE, addAlice, addBob, addCarol, BOB, CAROL } from "../nodes/cases/people";
import { failed } from "../support/answers";
import { operator, useGuard } from "../support/operators";
import { DOMAIN, type Shape, useSite } from "../support/site";

const SHARED = "f00ba2ba5c00";
const OTHERS = "f00ba2ba5c01";

describe.each<Shape>(["embedded", "v7"])("a lite operator, %s", (shape) => {
  const site = useSite(shape);
  const guarded = useGuard(site);
  let lite: Credentials;

  beforeEach(async () => {
    await addAlice(site());
    await addBob(site());
    await addCarol(site());
    for (const [alias, destination] of [
      ["4224", ALICE],
      ["4225", BOB],
      ["4226", ALICE],
    ]) {
      await site().ok("alias/add", { alias: `${alias}@${DOMAIN}`, destination });
    }
    for (const [user, mac] of [
      [ALICE, SHARED],
      [BOB, SHARED],
      [BOB, OTHERS],
    ]) {
      await site().ok("phone/add", { user, mac });
    }
    lite = await operator(site(), guarded(), "lite", { lite: true });
  });
  const call = (node: string, params: object = {}) => guarded().call(lite, node, { ...params });

  it("without any right sees nothing", async () => {
    expect(await call("user/list")).toEqual({ response: "ok", list: [] });
    expect(await call("alias/list")).toEqual({ response: "ok", aliases: [] });
    expect(await call("phone/list")).toEqual({ response: "ok", list: [] });
    expect(await call("phone/get", { mac: SHARED })).toEqual(failed("nonexistant", SHARED));
    expect(await call("user/get", { user: ALICE })).toEqual(failed("unauthorized", ALICE));
    // Whether there is such an account is not for them to know.
    expect(await call("user/get", { user: `nobody@${DOMAIN}` })).toEqual(failed("unauthorized"));
    expect(await call("extension/permissions")).toEqual(failed("extension"));
  });

  it.each(["right", "managed"])("sees the extension that is theirs by a %s", async (by) => {
    if (by === "right") {
      await site().ok("extension/grant", { extension: "4224", username: "lite", spy: true });
    } else {
      await site().ok("extension/set_managing_user", { extension: "4224", username: "lite" });
    }
    expect(await call("user/list")).toEqual({
      response: "ok",
      list: [{ user: ALICE, displayname: "Alice" }],
    });
    expect(await call("user/list", { search: "bob" })).toEqual({ response: "ok", list: [] });
    expect(await call("alias/list")).toEqual({
      response: "ok",
      aliases: [
        { alias: `4224@${DOMAIN}`, destination: ALICE },
        { alias: `4226@${DOMAIN}`, destination: ALICE },
      ],
    });
    expect(await call("alias/list", { destination: BOB })).toEqual({ response: "ok", aliases: [] });
    expect(await call("phone/list")).toEqual({ response: "ok", list: [SHARED] });
    expect(await call("phone/get", { mac: SHARED })).toEqual({ response: "ok", list: [ALICE] });
    expect(await call("phone/get", { mac: OTHERS })).toEqual(failed("nonexistant"));
    expect(await call("phone/get", { user: ALICE })).toEqual({ response: "ok", list: [SHARED] });
    expect(await call("phone/get", { user: BOB })).toEqual(failed("unauthorized"));
    expect(await call("user/get", { user: ALICE })).toMatchObject({
      user: { username: "alice", password: null, ha1: null, ha1b: null },
    });
    expect(await call("user/get", { user: CAROL })).toEqual(failed("unauthorized"));
    expect(await call("extension/get_managing_user", { extension: "4226" })).toMatchObject({
      response: by === "right" ? "failed" : "ok",
    });
    expect(await call("extension/get_managing_user", { extension: "4225" })).toEqual(
      failed("unauthorized"),
    );
  });

  it("with a right that is not control changes nothing", async () => {
    await site().ok("extension/grant", { extension: ALICE, username: "lite", all: true });
    await site().ok("extension/revoke", {
      extension: ALICE,
      username: "lite",
      control_sip_devices: true,
    });
    await site().ok("auth/authorize_user", { username: "lite", access: "read_write" });
    const before = await site().snapshot();
    for (const [node, params] of CHANGES) {
      expect([node, await call(node, params)]).toEqual([node, failed("unauthorized")]);
    }
    expect(await site().snapshot()).toBe(before);
    // Secrets follow the level.
    const { user } = await call("user/get", { user: ALICE });
    expect(user).toMatchObject({ password: expect.any(String) });
  });

  it("with control changes password, forwarding and phones, and nothing else", async () => {
    await site().ok("extension/grant", {
      extension: ALICE,
      username: "lite",
      control_sip_devices: true,
    });
    for (const [node, params] of CHANGES.slice(0, 4)) {
      expect([node, await call(node, params)]).toEqual([
        node,
        expect.objectContaining({ response: "ok" }),
      ]);
    }
    expect(await call("user/change_pw", { user: ALICE, generate: true })).toMatchObject({
      password: expect.stringMatching(/./),
    });
    const before = await site().snapshot();
    for (const [node, params] of CHANGES.slice(4)) {
      expect([node, await call(node, params)]).toEqual([node, failed("unauthorized")]);
    }
    expect(await site().snapshot()).toBe(before);
    await site().ok("extension/revoke", { extension: ALICE, username: "lite", all: true });
    expect(await call("user/forward", { user: ALICE, off: true })).toEqual(failed("unauthorized"));
  });

  it("configures the phones all accounts of which are theirs", async () => {
    const right = { control_sip_devices: true };
    await site().ok("extension/grant", { extension: BOB, username: "lite", ...right });
    expect(await call("phone/set", { mac: OTHERS, vendor: "snom" })).toMatchObject({
      vendor: "snom",
    });
    // Secrets follow the level.
    expect(await call("phone/render", { mac: OTHERS })).toMatchObject({ content: null });
    expect(await call("phone/render", { mac: OTHERS, masked: true })).toMatchObject({
      masked: expect.stringContaining("********"),
    });
    await site().ok("auth/authorize_user", { username: "lite", access: "full_read" });
    expect(await call("phone/render", { mac: OTHERS })).toMatchObject({
      content: expect.stringContaining("bob"),
    });
    expect(await call("phone/resync", { mac: OTHERS })).toEqual(failed("norpc"));
    for (const [node, params] of [
      ["phone/set", { mac: SHARED, vendor: "snom" }],
      ["phone/render", { mac: SHARED, vendor: "snom" }],
      ["phone/resync", { mac: SHARED }],
      ["phone/render", { mac: "f00ba2ba5c09" }],
      ["phone/render", { all: true, out: "/nonexistent" }],
    ] as const) {
      expect([node, await call(node, params)]).toEqual([node, failed("unauthorized")]);
    }
  });

  it("does no work that is no node", async () => {
    const caller = { name: "x", credentials: lite };
    const work = guarded().hermes.run(caller, { access: "limited_read", body: async () => "done" });
    await expect(work).rejects.toMatchObject({ reason: "unauthorized" });
  });
});

/** Changes to Alice's account: first the four that the right to control her devices covers. */
const CHANGES: readonly [string, object][] = [
  ["user/change_pw", { user: ALICE, password: "x" }],
  ["user/forward", { user: ALICE, to: "+4712345000" }],
  ["phone/add", { user: ALICE, mac: "f00ba2ba5c02" }],
  ["phone/remove", { user: ALICE, mac: SHARED }],
  ["user/update", { user: ALICE, displayname: "x" }],
  ["user/change_email", { user: ALICE, email: "x@mail.test" }],
  ["permission/set", { user: ALICE, permission: 255 }],
  ["alias/add", { alias: `4227@${DOMAIN}`, destination: ALICE }],
  ["alias/remove", { alias: `4224@${DOMAIN}` }],
  ["user/remove", { user: ALICE }],
  ["numbers/add", { number: "+4712345000" }],
  ["domain/list", {}],
  ["extension/grant", { extension: ALICE, username: "lite", all: true }],
  ["extension/set_managing_user", { extension: ALICE, username: "lite" }],
  ["auth/authorize_user", { username: "lite", access: "read_write" }],
];
