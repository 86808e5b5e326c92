import { beforeEach, describe, expect, it } from "vitest";
import { nodes } from "../../src/nodes/registry";
import { operator, useGuard } from "../support/operators";
import { DOMAIN, useSite } from "../support/site";
import { ALICE, addAlice, addBob, addCarol, BOB } from "./cases/people";

describe("--limit", () => {
  const site = useSite("embedded");
  const guarded = useGuard(site);

  beforeEach(async () => {
    await addAlice(site());
    await addBob(site());
    await addCarol(site());
    for (const [alias, destination] of [
      ["4224", ALICE],
      ["4225", BOB],
      ["4226", BOB],
    ]) {
      await site().ok("alias/add", { alias: `${alias}@${DOMAIN}`, destination });
    }
    for (const mac of ["f00ba2ba5c00", "f00ba2ba5c01", "f00ba2ba5c02"]) {
      await site().ok("phone/add", { user: mac.endsWith("0") ? ALICE : BOB, mac });
    }
    for (const domain of ["b.test", "c.test"]) await site().ok("domain/add", { domain });
    await site().ok("numbers/add_range", { start: "+4712345000", end: "+4712345009" });
  });

  it.each([
    ["user/list", "list"],
    ["alias/list", "aliases"],
    ["phone/list", "list"],
    ["domain/list", "list"],
    ["numbers/list", "list"],
  ])("%s: the first so many", async (node, field) => {
    const all = (await site().ok(node))[field] as unknown[];
    expect(all.length).toBeGreaterThan(2);
    expect((await site().ok(node, { limit: 2 }))[field]).toEqual(all.slice(0, 2));
    expect((await site().ok(node, { limit: 1000 }))[field]).toEqual(all);
    for (const limit of [0, -1, "x", 1.5]) {
      const answer = await site().call(node, { limit });
      expect(answer).toMatchObject({ response: "invalid", cause: "parameters" });
    }
  });

  it("of a list that is an array: the first so many", async () => {
    const { aliases } = await site().ok("alias/list", { destination: BOB, limit: 1 });
    expect(aliases).toEqual([{ alias: `4225@${DOMAIN}`, destination: BOB }]);
  });

  it("counts what a lite operator may see, not what there is", async () => {
    const lite = await operator(site(), guarded(), "lite", { lite: true });
    await site().ok("extension/grant", { extension: BOB, username: "lite", spy: true });
    const { list } = await guarded().call(lite, "user/list", { limit: 1 });
    expect(list).toEqual([expect.objectContaining({ user: BOB })]);
    const { aliases } = await guarded().call(lite, "alias/list", { limit: 1 });
    expect(aliases).toEqual([{ alias: `4225@${DOMAIN}`, destination: BOB }]);
  });

  it("is declared by every node that lists", () => {
    const listing = nodes.filter(({ name }) => /\/list|usage$/.test(name));
    expect(listing.length).toBeGreaterThan(7);
    expect(listing.filter(({ params }) => !("limit" in params))).toEqual([]);
  });
});
