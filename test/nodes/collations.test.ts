import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failed } from "../support/answers";
import { DOMAIN, type Site, startSite } from "../support/site";
import { ALICE, addAlice } from "./cases/people";

const ALIAS = `4224@${DOMAIN}`;

/** Kamailio's database in whatever character set and collation a site has chosen. */
describe.each([
  { charset: "latin1", collation: "latin1_swedish_ci", folds: true },
  { charset: "latin1", collation: "latin1_bin", folds: false },
  { charset: "utf8mb4", collation: "utf8mb4_unicode_ci", folds: true },
  { charset: "utf8mb4", collation: "utf8mb4_bin", folds: false },
] as const)("Kamailio's database in $collation", ({ charset, collation, folds }) => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite("v7", { charset, collation });
    await site.reset();
    await addAlice(site);
    await site.ok("alias/add", { alias: ALIAS, destination: ALICE });
    await site.ok("phone/add", { user: ALICE, mac: "f00ba2ba5c00" });
  });
  afterAll(() => site.stop());

  it("lists and searches accounts of both databases, once each", async () => {
    await site.sql("INSERT INTO {subscriber} (username, domain) VALUES ('zoe', ?)", [DOMAIN]);
    const zoe = { user: `zoe@${DOMAIN}`, displayname: null };
    const alice = { user: ALICE, displayname: "Alice" };
    expect(await site.ok("user/list")).toMatchObject({ list: [alice, zoe] });
    expect(await site.ok("user/list", { search: "zo*" })).toMatchObject({ list: [zoe] });
    expect(await site.ok("user/list", { search: "日本 😀" })).toMatchObject({ list: [] });
    await site.sql("DELETE FROM {subscriber} WHERE username = 'zoe'");
  });

  it("compares the user part everywhere as that collation has it", async () => {
    const user = `ALICE@${DOMAIN}`;
    const same = folds ? "ok" : "failed";
    expect(await site.call("user/get", { user })).toMatchObject({ response: same });
    expect(await site.call("phone/get", { user })).toMatchObject({ response: same });
    expect(await site.call("user/available", { user })).toMatchObject({
      response: folds ? "failed" : "ok",
    });
    expect(await site.ok("alias/list", { destination: user })).toMatchObject({
      aliases: folds ? [{ alias: ALIAS }] : [],
    });
  });

  it("takes names in any script, and refuses addresses that only look alike", async () => {
    await site.ok("user/update", { user: ALICE, displayname: "アリス 😀 Ålice" });
    expect(await site.ok("user/get", { user: ALICE })).toMatchObject({
      user: { displayname: "アリス 😀 Ålice" },
    });
    expect(await site.call("user/get", { user: `álice@${DOMAIN}` })).toEqual(failed("invalid"));
  });
});
