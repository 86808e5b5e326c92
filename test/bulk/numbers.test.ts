import { describe, expect, it } from "vitest";
import { failed, invalid } from "../support/answers";
import { DOMAIN, useSite } from "../support/site";
import { run } from "./command-line";

const ALICE = `alice@${DOMAIN}`;
const BOB = `bob@${DOMAIN}`;
const NUMBER = "+4712345000";

describe.each(["embedded", "v7"] as const)("%s: numbers assign, release, remove-range", (shape) => {
  const site = useSite(shape);
  const setUp = async () => {
    for (const user of [ALICE, BOB]) {
      await site().ok("user/add_local", { user, displayname: user, email: user });
    }
    await site().ok("numbers/add_range", { start: NUMBER, end: "+4712345002" });
  };
  const assign = (params: object) => site().call("numbers/assign", { ...params });
  const pool = async () => (await site().ok("numbers/list")).list;

  it("takes a number from the pool, and gives it back", async () => {
    await setUp();
    const alias = `${NUMBER}@${DOMAIN}`;
    const given = { response: "ok", number: NUMBER, alias, destination: ALICE };
    expect(await assign({ number: "+47 12345 000", user: ALICE.toUpperCase() })).toEqual(
      shape === "embedded" ? failed("nonexistant") : given,
    );
    if (shape === "embedded") expect(await assign({ number: NUMBER, user: ALICE })).toEqual(given);
    expect(await pool()).toEqual(["+4712345001", "+4712345002"]);
    expect(await site().ok("alias/list")).toMatchObject({
      aliases: [{ alias, destination: ALICE }],
    });
    expect(await assign({ number: NUMBER, user: BOB })).toEqual(failed("exists"));
    expect(await assign({ random: true, user: ALICE })).toEqual(failed("exists"));
    expect(await site().call("numbers/release", { number: NUMBER })).toEqual({
      response: "ok",
      number: NUMBER,
      alias,
      until: null,
    });
    expect(await pool()).toHaveLength(3);
    expect(await site().call("numbers/release", { number: alias })).toEqual(failed("nonexistant"));
    expect(await site().call("numbers/release", { number: "4224" })).toEqual(failed("rejected"));
  });

  it("takes any number, or any that matches", async () => {
    await setUp();
    const search = "*002";
    expect(await assign({ random: true, search, user: ALICE })).toMatchObject({
      number: "+4712345002",
    });
    expect(await assign({ random: true, search, user: BOB })).toEqual(failed("empty"));
    expect(await assign({ random: true, user: BOB })).toMatchObject({ response: "ok" });
  });

  it("in a batch, finds one beside those that others name", async () => {
    const users = [0, 1, 2, 3, 4, 5].map((digit) => `u${digit}@${DOMAIN}`);
    for (const user of users) {
      await site().ok("user/add_local", { user, displayname: user, email: user });
    }
    await site().ok("numbers/add_range", { start: NUMBER, end: "+4712345005" });
    const requests = users.map((user, index) => ({
      node: "numbers/assign",
      params: { user, ...(index < 5 ? { number: `+471234500${index}` } : { random: true }) },
    }));
    const answers = await site().hermes.batch(requests, { name: "test" });
    expect(answers.at(-1)).toMatchObject({ number: "+4712345005" });
  });

  it("passes over numbers that are in use all the same", async () => {
    await setUp();
    const aliases = [`${NUMBER}@${DOMAIN}`, "+4712345001@bare.example.org"];
    for (const [index, alias] of aliases.entries()) {
      await site().ok("alias/add", { alias, destination: `x${index}@elsewhere.org` });
    }
    expect(await assign({ number: NUMBER, user: ALICE })).toEqual(failed("exists"));
    expect(await assign({ random: true, user: ALICE })).toMatchObject({ number: "+4712345002" });
    expect(await assign({ random: true, user: BOB })).toEqual(failed("empty"));
  });

  it("refuses what makes no sense", async () => {
    await setUp();
    expect(await assign({ user: ALICE })).toEqual(invalid("parameters"));
    expect(await assign({ user: ALICE, number: NUMBER, random: true })).toEqual(
      invalid("parameters"),
    );
    expect(await assign({ user: ALICE, number: NUMBER, search: "x" })).toEqual(
      invalid("parameters"),
    );
    expect(await assign({ number: "+4799", user: ALICE })).toEqual(failed("nonexistant"));
    expect(await assign({ number: NUMBER, user: `nobody@${DOMAIN}` })).toEqual(
      failed("nonexistant"),
    );
    expect(await assign({ number: NUMBER, user: "x@elsewhere.org" })).toEqual(
      failed("nonexistant"),
    );
  });

  it("tells the number from the account by their form", async () => {
    await setUp();
    const { status } = await run(site(), ["numbers", "assign", ALICE, NUMBER]);
    expect(status).toBe(0);
    const random = await run(site(), ["numbers", "assign", "--random", BOB]);
    expect(random.status).toBe(0);
    expect(await pool()).toHaveLength(1);
  });

  it("removes a range, bounded by both ends and its length", async () => {
    await setUp();
    await site().ok("numbers/add", { number: "+471234500" });
    await site().ok("numbers/add", { number: "+47123450011" });
    const range = { start: NUMBER, end: "+4712345001" };
    expect(await site().call("numbers/remove_range", range)).toEqual({
      response: "ok",
      ...range,
      count: 2,
      removed: 2,
    });
    expect(await pool()).toEqual(["+471234500", "+47123450011", "+4712345002"]);
    await site().ok("numbers/add_range", { start: "+4720000000", end: "+4720120000" });
    expect(
      await site().call("numbers/remove_range", { start: "+4720000001", end: "+4729999999" }),
    ).toMatchObject({ count: 9_999_999, removed: 120_000 });
    const asked = await run(site(), ["numbers", "remove-range", "+4720000000", "+4729999999"]);
    expect(asked.status).toBe(2);
    expect(await pool()).toHaveLength(4);
  });
});
