import { beforeEach, describe, expect, it } from "vitest";
import { run } from "../bulk/command-line";
import { failed } from "../support/answers";
import { operator, useGuard } from "../support/operators";
import { DOMAIN, useSite } from "../support/site";

const ALICE = `alice@${DOMAIN}`;
const SECRET = "n3w secret";

describe("secrets in a record are as well guarded as in their tables", () => {
  const site = useSite("embedded");
  const guarded = useGuard(site);
  let id: unknown;

  beforeEach(async () => {
    await site().ok("user/add_local", { user: ALICE, displayname: "A", email: "a@b.test" });
    await site().ok("user/change_pw", { user: ALICE, password: SECRET });
    const { list } = await site().ok("audit/list", { limit: 1 });
    id = (list as { id: string }[])[0]?.id;
  });

  it("limited_read sees what else was changed, and null for them", async () => {
    const reader = await operator(site(), guarded(), "reader");
    const answer = await guarded().call(reader, "audit/show", { id });
    expect(answer).toMatchObject({
      ...{ response: "ok", params: { user: ALICE } },
      changes: [
        { what: "subscriber", key: ALICE, after: { password: null, ha1: null, ha1b: null } },
        { what: "user", key: ALICE, before: { password: null }, after: { password: null } },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain(SECRET);
  });

  it("full_read sees them, and may not undo", async () => {
    const reader = await operator(site(), guarded(), "reader", { access: "full_read" });
    const answer = await guarded().call(reader, "audit/show", { id });
    expect(answer).toMatchObject({ changes: [{ after: { password: SECRET } }, {}] });
    expect(await guarded().call(reader, "audit/undo", { id })).toEqual(failed("unauthorized"));
  });

  it("says who did it", async () => {
    const writer = await operator(site(), guarded(), "writer", { access: "read_write" });
    await guarded().call(writer, "audit/undo", { id });
    const { list } = await site().ok("audit/list", { caller: "writer" });
    expect(list).toMatchObject([{ node: "audit/undo", caller: "writer" }]);
  });

  it("nobody is locked out by an undo", async () => {
    const writer = await operator(site(), guarded(), "writer", { access: "read_write" });
    const { list } = await site().ok("audit/list", { node: "auth/add_user" });
    const [{ id }] = list as [{ id: string }];
    expect(await guarded().call(writer, "audit/undo", { id })).toEqual(failed("last"));
    await site().ok("auth/add_user", { username: "other", generate: true, access: "read_write" });
    expect(await guarded().call(writer, "audit/undo", { id })).toMatchObject({ response: "ok" });
  });

  it("a lite operator sees none of it", async () => {
    const lite = await operator(site(), guarded(), "lite", { lite: true });
    for (const node of ["audit/list", "audit/show"]) {
      expect(await guarded().call(lite, node, { id })).toEqual(failed("unauthorized"));
    }
  });

  it("an API key is in no record, not even for the owner: its digest alone is kept", async () => {
    const made = await site().ok("auth/new_apikey", { host_ip: "10.0.0.1", access: "full_read" });
    const { list } = await site().ok("audit/list", { node: "auth/new_apikey" });
    const [record] = list as [{ id: string }];
    const shown = await site().ok("audit/show", { id: record.id });
    expect(shown).toMatchObject({ changes: [{ what: "apiKey", key: made.id }] });
    expect(JSON.stringify(shown)).not.toContain(made.key);
  });

  it("people see them with --show-secrets only", async () => {
    const masked = await run(site(), ["audit", "show", String(id)]);
    expect(masked.stdout).toContain("********");
    expect(masked.stdout).not.toContain(SECRET);
    const shown = await run(site(), ["audit", "show", String(id), "--show-secrets"]);
    expect(shown.stdout).toContain(SECRET);
  });
});
