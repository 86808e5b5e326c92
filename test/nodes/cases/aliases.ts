import { beforeEach, describe, expect, it } from "vitest";
import { failed, invalid } from "../../support/answers";
import { DOMAIN, type Site } from "../../support/site";
import { ALICE, addAlice, addBob, BOB } from "./people";

const ALIAS = `4224@${DOMAIN}`;
const NUMBER = `+4712345000@${DOMAIN}`;

/** alias/list, alias/add and alias/remove. */
export function aliasCases(site: () => Site): void {
  beforeEach(() => addAlice(site()));
  const add = (alias: string, destination: string) =>
    site().call("alias/add", { alias, destination });

  describe("alias/add", () => {
    it("leads to a local account", async () => {
      const given = { alias: ALIAS, destination: ALICE };
      expect(await site().call("alias/add", given)).toEqual({ response: "ok", ...given });
      expect(
        await site().sql("SELECT alias_username, alias_domain, username, domain FROM {dbaliases}"),
      ).toEqual([
        { alias_username: "4224", alias_domain: DOMAIN, username: "alice", domain: DOMAIN },
      ]);
    });

    it("takes the alias in two parts", async () => {
      const given = { alias_username: "4224", alias_domain: DOMAIN, destination: ALICE };
      expect(await site().call("alias/add", given)).toMatchObject({ alias: ALIAS });
    });

    it("leads to an outside address, which need not exist", async () => {
      expect(await add(ALIAS, "sip:anyone@elsewhere.test")).toEqual({
        response: "ok",
        alias: ALIAS,
        destination: "anyone@elsewhere.test",
      });
    });

    it("spells the destination as it is stored", async () => {
      if (site().kind === "sqlite") return;
      expect(await add(ALIAS, `ALICE@${DOMAIN}`)).toMatchObject({ destination: ALICE });
    });

    it.each([
      [{ alias: "4224", destination: ALICE }, invalid("alias", "4224")],
      [{ alias: ALIAS, destination: "alice" }, invalid("destination", "alice")],
      [{ alias: "4224", destination: "alice" }, invalid("alias")],
      [{ alias_username: "a b", alias_domain: DOMAIN, destination: ALICE }, invalid("alias")],
      [{ destination: ALICE }, invalid("parameters", "alias")],
      [{ alias: ALIAS }, invalid("parameters", "destination")],
      [{ alias: "", destination: ALICE }, invalid("parameters", "alias")],
      [{ alias: "4224@elsewhere.test", destination: ALICE }, failed("nxdomain", "elsewhere.test")],
      [{ alias: ALIAS, destination: `nobody@${DOMAIN}` }, failed("nonexistant", "nobody")],
      [{ alias: ALICE, destination: ALICE }, failed("exists", ALICE)],
    ])("refuses %j", async (given, answer) => {
      expect(await site().call("alias/add", given)).toEqual(answer);
      expect(await site().sql("SELECT * FROM {dbaliases}")).toEqual([]);
    });

    it("refuses an alias that exists, wherever it leads", async () => {
      await addBob(site());
      await add(ALIAS, ALICE);
      expect(await add(ALIAS, ALICE)).toEqual(failed("exists"));
      expect(await add(ALIAS, BOB)).toEqual(failed("exists", ALICE));
      expect(await add(ALIAS, `nobody@${DOMAIN}`)).toEqual(failed("exists"));
    });

    it("refuses an alias as the destination: Kamailio looks once", async () => {
      await add(ALIAS, ALICE);
      expect(await add(`4225@${DOMAIN}`, ALIAS)).toEqual(failed("nonexistant"));
    });

    it("gives a destination one E.164 alias, and any number of others", async () => {
      await add(NUMBER, ALICE);
      expect(await add(`+4712345001@${DOMAIN}`, ALICE)).toEqual(failed("exists", /\+4712345000/));
      expect(await add(ALIAS, ALICE)).toMatchObject({ response: "ok" });
      expect(await add(`4225@${DOMAIN}`, ALICE)).toMatchObject({ response: "ok" });
    });

    it("does not take what only looks like an E.164 number for one", async () => {
      await add(`+0815@${DOMAIN}`, ALICE);
      expect(await add(NUMBER, ALICE)).toMatchObject({ response: "ok" });
      expect(await add(`+0816@${DOMAIN}`, ALICE)).toMatchObject({ response: "ok" });
      expect(await site().ok("alias/list", { destination: ALICE, e164: true })).toMatchObject({
        aliases: [{ alias: NUMBER }],
      });
    });
  });

  describe("alias/list", () => {
    it("lists all in order; nothing is an empty list", async () => {
      expect(await site().call("alias/list")).toEqual({ response: "ok", aliases: [] });
      await add(ALIAS, ALICE);
      await add(NUMBER, ALICE);
      await add(`a@${DOMAIN}`, "x@elsewhere.test");
      expect(await site().call("alias/list")).toEqual({
        response: "ok",
        aliases: [
          { alias: NUMBER, destination: ALICE },
          { alias: ALIAS, destination: ALICE },
          { alias: `a@${DOMAIN}`, destination: "x@elsewhere.test" },
        ],
      });
    });

    it("finds one alias, and those of a destination", async () => {
      await add(ALIAS, ALICE);
      await add(NUMBER, ALICE);
      const find = (given: object) => site().call("alias/list", { ...given });
      const alias = { alias: ALIAS, destination: ALICE };
      const number = { alias: NUMBER, destination: ALICE };
      expect(await find({ alias: ALIAS })).toEqual({ response: "ok", aliases: [alias] });
      expect(await find({ alias: BOB })).toEqual({ response: "ok", aliases: [] });
      expect(await find({ destination: ALICE })).toEqual({
        response: "ok",
        aliases: [number, alias],
      });
      expect(await find({ destination: ALICE, e164: true })).toEqual({
        response: "ok",
        aliases: [number],
      });
      expect(await find({ destination: BOB, e164: true })).toEqual({ response: "ok", aliases: [] });
    });

    it.each([
      ["alice", ["4224", "+4712345000"]],
      [ALICE, ["4224", "+4712345000"]],
      ["ELSEWHERE", ["a_b"]],
      ["422", ["4224"]],
      [ALIAS, ["4224"]],
      ["*@elsewhere.test", ["a_b"]],
      ["4?24@*", ["4224"]],
      ["422?", []],
      ["a_b", ["a_b"]],
      ["4_24", []],
      ["%", []],
      ["zebra", []],
    ])("searches aliases and where they lead: %s", async (search, found) => {
      await add(ALIAS, ALICE);
      await add(NUMBER, ALICE);
      await add(`a_b@${DOMAIN}`, "x@elsewhere.test");
      const { aliases } = await site().ok("alias/list", { search });
      const users = (aliases as { alias: string }[]).map(({ alias }) => alias.split("@")[0]);
      expect(users.toSorted()).toEqual(found.toSorted());
    });

    it.each([
      [{ alias: "4224" }, failed("invalid", "alias")],
      [{ alias: ALIAS, search: "4" }, invalid("parameters", "search")],
      [{ destination: ALICE, search: "4" }, invalid("parameters", "search")],
      [{ destination: "alice" }, failed("invalid", "destination")],
      [{ alias: ALIAS, destination: ALICE }, invalid("parameters")],
      [{ alias: ALIAS, e164: true }, invalid("parameters")],
      [{ e164: true }, invalid("parameters")],
    ])("refuses %j", async (given, answer) => {
      expect(await site().call("alias/list", given)).toEqual(answer);
    });
  });

  describe("alias/remove", () => {
    it("removes it", async () => {
      await add(ALIAS, ALICE);
      expect(await site().call("alias/remove", { alias: `sip:${ALIAS}` })).toEqual({
        response: "ok",
        alias: ALIAS,
      });
      expect(await site().sql("SELECT * FROM {dbaliases}")).toEqual([]);
    });

    it.each([
      [{ alias: BOB }, failed("nonexistant", BOB)],
      [{ alias: ALICE }, failed("nonexistant")],
      [{ alias: "4224" }, invalid("address", "4224")],
      [{}, invalid("parameters", "alias")],
    ])("refuses %j", async (given, answer) => {
      await add(ALIAS, ALICE);
      expect(await site().call("alias/remove", given)).toEqual(answer);
    });
  });
}
