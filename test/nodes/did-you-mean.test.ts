import { beforeEach, describe, expect, it } from "vitest";
import { failed } from "../support/answers";
import { operator, useGuard } from "../support/operators";
import { DOMAIN, type Shape, useSite } from "../support/site";
import { ALICE, addAlice, addCarol, CAROL } from "./cases/people";

/** A name that is a letter off is told. */
describe.each<Shape>(["embedded", "v7", "v6"])("did you mean, %s", (shape) => {
  const site = useSite(shape);
  const guarded = useGuard(site);

  beforeEach(async () => {
    await addAlice(site());
    await addCarol(site());
  });

  it.each([
    ["user/get", { user: `alcie@${DOMAIN}` }, ALICE],
    ["user/get", { user: `alic@${DOMAIN}` }, ALICE],
    ["user/get", { user: "alice@exmaple.org" }, ALICE],
    ["user/get", { user: "alicee@exmaple.org" }, ALICE],
    ["user/get", { user: "carl@provider.test" }, CAROL],
    ["user/remove", { user: `alcie@${DOMAIN}` }, ALICE],
    ["permission/set", { user: `alcie@${DOMAIN}`, permission: 7 }, ALICE],
    ["phone/add", { user: `alcie@${DOMAIN}`, mac: "f00ba2ba5c00" }, ALICE],
    ["alias/add", { alias: "4224@exmaple.org", destination: ALICE }, DOMAIN],
    ["domain/remove", { domain: "exmaple.org" }, DOMAIN],
    ["user/available", { user: "bob@example.ogr" }, DOMAIN],
  ])("%s %j", async (node, given, meant) => {
    const { detail } = await site().call(node, given);
    expect(detail).toContain(`Did you mean ${meant}?`);
  });

  it.each([
    { user: `zebra@${DOMAIN}` },
    { user: "alice@elsewhere.test" },
    { user: `_*?@${DOMAIN}` },
    // One number off is another number.
    { user: `4225@${DOMAIN}` },
  ])("nothing is like %j", async (given) => {
    const add = { user: `4224@${DOMAIN}`, displayname: "Desk", email: "desk@mail.test" };
    await site().ok("user/add_local", add);
    const answer = await site().call("user/get", given);
    expect(answer).toEqual(failed("nonexistant", given.user.replace(/[*?]/g, "\\$&")));
    expect(answer.detail).not.toContain("Did you mean");
  });

  it("a lite operator is not told of others", async () => {
    const user = `alcie@${DOMAIN}`;
    await site().ok("user/add_local", { user, displayname: "Al", email: "al@mail.test" });
    const lite = await operator(site(), guarded(), "lite", { lite: true });
    await site().ok("extension/set_managing_user", { extension: user, username: "lite" });
    // Other tools leave behind who manages an account that is gone.
    await site().sql("DELETE FROM {subscriber} WHERE username = 'alcie'");
    await site().sql("DELETE FROM {users} WHERE username = 'alcie'");
    const answer = await guarded().call(lite, "user/get", { user });
    expect(answer).toEqual(failed("nonexistant", "alcie"));
    expect(answer.detail).not.toContain("Did you mean");
  });
});
