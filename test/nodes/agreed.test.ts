import { beforeEach, describe, expect, it } from "vitest";
import { nodes } from "../../src/nodes/registry";
import { failed } from "../support/answers";
import { DOMAIN, useSite } from "../support/site";

const ALICE = `alice@${DOMAIN}`;
const MAC = "f00ba2ba5c00";
const NUMBER = "+4712345000";
const RANGE = { start: NUMBER, end: "+4712345009" };

type Call = readonly [node: string, params: Record<string, unknown>];

/** What is destroyed, and what somebody else may do before there is a yes; none where nothing else can come of it. */
const DESTROYED: readonly (readonly [Call, meanwhile?: Call])[] = [
  [
    ["user/remove", { user: ALICE, cascade: true }],
    ["phone/remove", { user: ALICE, mac: MAC }],
  ],
  [["phone/remove", { user: ALICE, mac: MAC }]],
  [["alias/remove", { alias: `4224@${DOMAIN}` }]],
  [["domain/remove", { domain: "empty.example.org" }]],
  [["numbers/remove", { number: "+4712345001" }]],
  [
    ["numbers/remove_range", RANGE],
    ["numbers/reserve", { number: "+4712345001" }],
  ],
  [["numbers/release", { number: NUMBER, quarantine: "30d" }]],
  [["auth/remove_user", { username: "olga" }]],
  [["auth/remove_apikey", { api_key: "" }]],
  [["audit/prune", { before: "1s" }]],
  [["audit/undo", { id: "" }]],
];

describe("what a person has said yes to", () => {
  const site = useSite("embedded");
  let ids: Record<string, unknown>;
  beforeEach(async () => {
    const ok = (node: string, params: Record<string, unknown>) => site().ok(node, params);
    await ok("user/add_local", { user: ALICE, displayname: "Alice", email: "a@mail.test" });
    await ok("phone/add", { user: ALICE, mac: MAC });
    await ok("numbers/add_range", RANGE);
    await ok("numbers/assign", { number: NUMBER, user: ALICE });
    await ok("domain/add", { domain: "empty.example.org" });
    await ok("auth/add_user", { username: "olga", generate: true });
    const { id: apikey } = await ok("auth/new_apikey", { host_ip: "::1", access: "full_read" });
    await ok("alias/add", { alias: `4224@${DOMAIN}`, destination: ALICE });
    const { list } = await ok("audit/list", { node: "alias/add" });
    ids = {
      "audit/undo": { id: (list as [{ id: string }])[0].id },
      "auth/remove_apikey": { api_key: apikey },
    };
  });

  /** Does it, after a person has taken so long to say yes. */
  const destroy = ([node, params]: Call, meanwhile: () => Promise<unknown>) =>
    site().hermes.call(
      node,
      { ...params, ...(ids[node] as object) },
      { name: "test" },
      {
        async agree() {
          await meanwhile();
          return true;
        },
      },
    );

  it("is tried of every node that destroys something", () => {
    const destroying = nodes.filter(({ tells }) => tells?.destroys).map(({ name }) => name);
    expect(DESTROYED.map(([[node]]) => node).sort()).toEqual(destroying.sort());
  });

  it.each(DESTROYED.map(([call]) => call))("%s %j is done", async (...call) => {
    expect(await destroy(call, async () => {})).toMatchObject({ response: "ok" });
  });

  it.each(
    DESTROYED.flatMap(([call, meanwhile]) => (meanwhile ? [[call, meanwhile] as const] : [])),
  )(
    "%j is not done where it comes to something else by now, as after %j",
    async (call, meanwhile) => {
      let between = "";
      const answer = await destroy(call, async () => {
        await site().ok(...meanwhile);
        between = await site().snapshot();
      });
      expect(answer).toEqual(failed("changed", /Nothing was done: ask again\.$/));
      expect(await site().snapshot()).toBe(between);
    },
  );

  it("is refused for its own reason where there is nothing left of it", async () => {
    const answer = await destroy(["phone/remove", { user: ALICE, mac: MAC }], () =>
      site().ok("phone/remove", { user: ALICE, mac: MAC }),
    );
    expect(answer).toEqual(failed("nonexistant"));
  });
});
