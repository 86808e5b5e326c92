import { describe, expect, it } from "vitest";
import { findNode, nodes } from "../../src/nodes/registry";
import { optional, prompted } from "../../src/params/param";
import {
  atLeastOne,
  atMostOne,
  exactlyOne,
  needs,
  type Relation,
  requireRelations,
  saying,
  sentence,
  toAsk,
  together,
  where,
} from "../../src/params/relations";
import { password, text, toggle } from "../../src/params/types";

const params = {
  mac: optional(text("", "f00ba2ba5c00")),
  user: optional(text("", "alice")),
  r_port: optional(text("", "5060")),
  all: toggle(""),
  password: prompted(password("")),
};

const refused = (relation: Relation, values: object) => {
  try {
    requireRelations([relation], params, { all: false, ...values });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

describe("a relation", () => {
  const one = "Give --mac or --user, one of the two.";
  const three = "Give one of --mac, --user and --all.";
  const change = saying("Nothing to change", atLeastOne("mac", "r_port"));
  const created = where("all", saying("No password is given", exactlyOne("password", "mac")));

  it.each<[Relation, object, string | undefined]>([
    [exactlyOne("mac", "user"), {}, one],
    [exactlyOne("mac", "user"), { mac: "m" }, undefined],
    [exactlyOne("mac", "user"), { mac: "m", user: "u" }, one],
    [exactlyOne("mac", "user", "all"), {}, three],
    [exactlyOne("mac", "user", "all"), { all: true }, undefined],
    [exactlyOne("mac", "user", "all"), { all: true, mac: "m" }, three],
    [atMostOne("mac", "user"), {}, undefined],
    [atMostOne("mac", "user"), { mac: "m", user: "u" }, "Give --mac or --user, not both."],
    [atLeastOne("mac", "r_port"), {}, "Give at least one of --mac and --r-port."],
    [atLeastOne("mac", "r_port"), { mac: "m", r_port: "1" }, undefined],
    [change, {}, "Nothing to change: give at least one of --mac and --r-port."],
    [together("mac", "user"), { user: "u" }, "Give --mac and --user together."],
    [together("mac", "user"), {}, undefined],
    [together("mac", "user"), { mac: "m", user: "u" }, undefined],
    [needs("mac", "all"), { mac: "m" }, "--mac goes with --all."],
    [needs("mac", "all"), { mac: "m", all: true }, undefined],
    [needs("mac", "all"), { all: true }, undefined],
    [created, {}, undefined],
    [
      created,
      { all: true },
      "No password is given: with --all, give --password[-stdin] or --mac, one of the two.",
    ],
    [
      created,
      { all: true, mac: "m", password: "p" },
      "With --all, give --password[-stdin] or --mac, one of the two.",
    ],
  ])("%j with %j → %s", (relation, values, expected) => {
    expect(refused(relation, values)).toBe(expected);
  });
});

describe("what a person is asked for", () => {
  it.each([
    ["user/change_pw", { user: "alice@example.org" }, ["password"]],
    ["user/change_pw", { user: "alice@example.org", generate: true }, []],
    ["user/change_pw", { user: "alice@example.org", password: "p" }, []],
    ["user/add_remote", { user: "alice@example.org" }, ["password", "displayname", "registrar"]],
    ["user/add_local", {}, ["user", "displayname", "email"]],
    ["user/add_local", { username: "alice", domain: "example.org" }, ["displayname", "email"]],
    ["user/remove", { user: "alice@example.org" }, []],
    ["permission/set", { user: "alice@example.org" }, ["flags"]],
    ["permission/set", { user: "alice@example.org", permission: 7 }, []],
    ["auth/add_user", { username: "bob" }, ["password"]],
    ["auth/add_user", { username: "bob", password_hash: "h" }, []],
    ["auth/update_user", { username: "bob" }, []],
    ["auth/login", { username: "bob" }, ["password"]],
    ["auth/login", {}, ["username", "password"]],
    ["auth/login", { api_key: "k" }, []],
    ["extension/set_managing_user", { extension: "4224", username: "bob" }, []],
    ["extension/set_managing_user", { extension: "4224", create: true }, ["username", "password"]],
    [
      "extension/set_managing_user",
      { username: "bob", create: true, generate: true },
      ["extension"],
    ],
  ])("%s with %j → %j", (name, given, expected) => {
    const node = findNode(name);
    if (node === undefined) throw new Error(name);
    expect(toAsk(node.params, node.relations ?? [], given)).toEqual(expected);
  });
});

describe.each(nodes.filter(({ relations }) => relations !== undefined))("$name", (node) => {
  it("says each relation in a sentence that names flags it has", () => {
    for (const relation of node.relations ?? []) {
      const said = sentence(relation, node.params);
      expect(said).toMatch(/^(Give|With|--)[^.]+\.$/);
      for (const name of relation.names) {
        expect(node.params).toHaveProperty(name);
        expect(said).toContain(`--${name.replaceAll("_", "-")}`);
      }
    }
  });
});
