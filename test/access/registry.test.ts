import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { record } from "../../src/answers";
import { mapLeaves } from "../../src/answers/leaves";
import { ACCESS_LEVELS, type AccessLevel } from "../../src/model/access";
import type { Credentials } from "../../src/model/credentials";
import { accessOf, type NodeDeclaration } from "../../src/nodes/node";
import { findNode, nodes } from "../../src/nodes/registry";
import { ALICE, addAlice, addBob, BOB } from "../nodes/cases/people";
import { access as contractAccess } from "../nodes/contract";
import { type Guarded, guard, operator } from "../support/operators";
import { type Site, startSite } from "../support/site";

/** The contract's column `access` of the second node table; the first one's is beside its nodes' tests. */
const ACCESS: Readonly<Record<string, string>> = {
  "auth/login": "none",
  "auth/logout": "none",
  "auth/ping": "session",
  "auth/change_password": "session",
  "auth/new_apikey": "read_write",
  "auth/remove_apikey": "read_write",
  "auth/list_apikeys": "full_read",
  "auth/authorize_user": "read_write",
  "auth/add_user": "read_write",
  "auth/update_user": "read_write",
  "auth/get_user": "full_read",
  "auth/remove_user": "read_write",
  "auth/list_users": "full_read",
  "extension/get_managing_user": "limited_read",
  "extension/set_managing_user": "read_write",
  "extension/clear_managing_user": "read_write",
  "extension/grant": "read_write",
  "extension/revoke": "read_write",
  ...Object.fromEntries(
    Object.entries(contractAccess).flatMap(([level, names]) => names.map((name) => [name, level])),
  ),
};

/** What a lite operator may call whatever it is about: lists show what is theirs. */
const LITE_ALWAYS = new Set([
  ...["auth/login", "auth/logout", "auth/ping", "user/gen_pw", "extension/permissions"],
  ...["user/list", "alias/list", "phone/list", "phone/vendors", "auth/change_password"],
]);
/** What a lite operator may call about an extension on which they hold any right. */
const LITE_HELD = new Set([
  ...["user/get", "user/location", "permission/get", "phone/get", "user/forward"],
  ...["user/show", "phone/render", "extension/get_managing_user"],
]);
/** What takes the right to control the extension's devices besides. */
const LITE_CONTROL = new Set([
  ...["user/change_pw", "phone/add", "phone/remove", "phone/set", "phone/resync"],
]);

const MAC = "f00ba2ba5c00";
const BOBS_MAC = "f00ba2ba5c01";

/** Requests that are all right where the declaration's examples are not enough. */
const PARAMS: Readonly<Record<string, object>> = {
  "user/change_pw": { generate: true },
  "user/update": { displayname: "A" },
  "phone/get": { user: ALICE },
  "phone/render": { mac: MAC, vendor: "snom" },
  "phone/resync": { user: ALICE },
  "permission/set": { permission: 7 },
  "auth/login": { username: "nobody", password: "wrong" },
  "auth/add_user": { generate: true },
  "auth/change_password": { generate: true },
  "auth/update_user": { displayname: "B" },
  "extension/grant": { spy: true },
  "extension/revoke": { spy: true },
};

interface Holder {
  readonly who: string;
  readonly level: AccessLevel;
  readonly lite: boolean;
  /** On Alice's extension. */
  readonly right: "none" | "pickup" | "control_sip_devices";
}

const HOLDERS: readonly Holder[] = ACCESS_LEVELS.flatMap((level) => [
  { who: `full-${level}`, level, lite: false, right: "none" as const },
  { who: `lite-${level}`, level, lite: true, right: "none" as const },
  { who: `held-${level}`, level, lite: true, right: "pickup" as const },
  { who: `control-${level}`, level, lite: true, right: "control_sip_devices" as const },
]);

describe("every node, every level", () => {
  let site: Site;
  let guarded: Guarded;
  const sessions = new Map<string, Credentials>();

  beforeAll(async () => {
    site = await startSite("embedded");
    await site.reset();
    guarded = guard(site);
    await addAlice(site);
    await addBob(site);
    await site.ok("phone/add", { user: ALICE, mac: MAC });
    await site.ok("phone/add", { user: BOB, mac: BOBS_MAC });
    for (const { who, level, lite, right } of HOLDERS) {
      const credentials = await operator(site, guarded, who, { access: level, lite });
      sessions.set(who, credentials);
      if (right === "none") continue;
      await site.ok("extension/grant", { extension: ALICE, username: who, [right]: true });
    }
  });
  afterAll(async () => {
    await guarded.hermes.close();
    await site.stop();
  });

  it("the contract's levels are those of the declarations", () => {
    for (const [name, level] of Object.entries(ACCESS)) {
      const node = findNode(name);
      expect([name, node && accessOf(node, {})]).toEqual([name, level]);
    }
  });

  describe.each(nodes)("$name", (node: NodeDeclaration) => {
    const params = { ...examples(node), ...PARAMS[node.name] };

    it("without a session", async () => {
      const open = accessOf(node, params as never) === "none" && node.name !== "auth/login";
      expect(await allowed(undefined)).toBe(open);
      expect(await allowed({ session: "wrong", authKey: "wrong" })).toBe(open);
      const [one] = sessions.values();
      if (one !== undefined) expect(await allowed({ ...one, authKey: "wrong" })).toBe(open);
    });

    it("without a session nobody learns what is wrong with a request", async () => {
      const answer = await guarded.call(undefined, node.name, { nonsense: "x" });
      const open = node.access === "none";
      expect(answer.cause).toBe(open ? "parameters" : "unauthorized");
    });

    it.each(HOLDERS)("$who", async (holder) => {
      expect(await allowed(sessions.get(holder.who))).toBe(expected(node, params, holder));
    });

    it("never shows limited_read a secret that it did not make", async () => {
      for (const who of ["full-limited_read", "control-limited_read"]) {
        const answer = await call(sessions.get(who));
        expect(secretsIn(node, answer)).toEqual([]);
      }
    });

    async function call(credentials: Credentials | undefined) {
      // Logins and the like can't be tried out; of these only a ping comes to something here.
      const answer = await guarded.call(credentials, node.name, params, { dryRun: !node.alone });
      if (answer.response !== "pong") return answer;
      for (const [who, known] of sessions) {
        if (known.session !== credentials?.session) continue;
        sessions.set(who, { session: known.session, authKey: String(answer.auth_key) });
      }
      return answer;
    }

    async function allowed(credentials: Credentials | undefined): Promise<boolean> {
      const answer = await call(credentials);
      expect(answer.response).not.toBe("error");
      return answer.cause !== "unauthorized";
    }
  });

  it.each(HOLDERS.filter(({ lite }) => lite))(
    "$who may do nothing to another's extension",
    async ({ who }) => {
      for (const name of [...LITE_HELD, ...LITE_CONTROL]) {
        const node = findNode(name);
        if (node === undefined) throw new Error(name);
        const about =
          "extension" in node.params
            ? { extension: BOB }
            : "user" in node.params
              ? { user: BOB }
              : { mac: BOBS_MAC };
        const params = { ...examples(node), ...PARAMS[name], ...about };
        for (const more of name === "user/forward" ? [{}, { off: true }] : [{}]) {
          const answer = await guarded.call(sessions.get(who), name, { ...params, ...more });
          expect([name, answer.cause]).toEqual([name, "unauthorized"]);
        }
      }
    },
  );
});

/** What the issue says, for one operator and one request about Alice. */
function expected(node: NodeDeclaration, params: object, holder: Holder): boolean {
  const { level, lite, right, who } = holder;
  if (node.name === "auth/login") return false;
  const needs = accessOf(node, params as never, who);
  if (needs === "none" || needs === "session") return true;
  const enough = ACCESS_LEVELS.indexOf(level) >= ACCESS_LEVELS.indexOf(needs as AccessLevel);
  if (!lite) return enough;
  if (LITE_ALWAYS.has(node.name)) return true;
  if (LITE_HELD.has(node.name)) return right !== "none";
  if (LITE_CONTROL.has(node.name)) return right === "control_sip_devices";
  return false;
}

/** Every parameter that is needed, as its example. */
function examples(node: NodeDeclaration): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(node.params)
      .filter(([key, param]) => param.required && param.gather({}, key) === undefined)
      .map(([key, param]) => [key, key === "user" || key === "extension" ? ALICE : param.example]),
  );
}

/** Values of an answer that are secret, or of which nothing is declared. */
function secretsIn({ answers }: NodeDeclaration, answer: object): unknown[] {
  const found: unknown[] = [];
  const { response, cause, detail, dry_run, ...fields } = answer as Record<string, unknown>;
  if (response !== "ok" && response !== "pong") return [];
  mapLeaves(record(answers), fields, ({ shape }, value) => {
    const secret = shape.kind === "secret" && !shape.fresh;
    if (value !== null && (secret || shape.kind === "anything")) found.push(value);
  });
  return found;
}
