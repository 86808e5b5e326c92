import { beforeEach, describe, expect, it } from "vitest";
import { failed } from "../../support/answers";
import type { Site } from "../../support/site";
import { ALICE, addAlice, addBob, BOB } from "./people";

/** A write that the database refuses half-way leaves nothing behind. */
export function rollbackCases(site: () => Site): void {
  describe("all or nothing", () => {
    beforeEach(() => addAlice(site()));

    it.each([
      ["INSERT", "users"],
      ["INSERT", "subscriber"],
      ["INSERT", "usr_preferences"],
    ] as const)("user/add_local: %s into %s fails", async (statement, table) => {
      await expectNothing(statement, table, () => add(BOB));
    });

    it.each([
      ["DELETE", "users"],
      ["DELETE", "subscriber"],
      ["DELETE", "usr_preferences"],
    ] as const)("user/remove: %s from %s fails", async (statement, table) => {
      await expectNothing(statement, table, () => site().call("user/remove", { user: ALICE }));
    });

    it("user/forward: the new row fails", async () => {
      await site().ok("user/forward", { user: ALICE, to: "+4712345000" });
      await expectNothing("INSERT", "usr_preferences", () =>
        site().call("user/forward", { user: ALICE, to: "+4712345001" }),
      );
    });

    it("numbers/add_range: a number in the middle fails", async () => {
      await site().ok("numbers/add", { number: "+4712345000" });
      await expectNothing("INSERT", "numbers", () =>
        site().call("numbers/add_range", { start: "+4712345000", end: "+4712345999" }),
      );
    });

    it("alias/add and phone/add fail", async () => {
      await addBob(site());
      await expectNothing("INSERT", "dbaliases", () =>
        site().call("alias/add", { alias: "4224@example.org", destination: ALICE }),
      );
      await expectNothing("INSERT", "phones", () =>
        site().call("phone/add", { user: BOB, mac: "f00ba2ba5c00" }),
      );
    });

    it("says what the database said, and neither SQL nor password", async () => {
      await site().refuse("UPDATE", "users");
      const { detail } = await site().call("user/change_pw", {
        user: ALICE,
        password: "hush-hush",
      });
      expect(detail).toContain("not today");
      expect(detail).not.toMatch(/hush|update|set|select/i);
    });

    const add = (user: string) =>
      site().call("user/add_local", { user, displayname: "Bob", email: "bob@mail.test" });

    async function expectNothing(
      statement: "INSERT" | "DELETE",
      table: string,
      act: () => Promise<unknown>,
    ) {
      const before = await site().snapshot();
      await site().refuse(statement, table);
      expect(await act()).toEqual(failed("dbfail", "not today"));
      expect(await site().snapshot()).toBe(before);
    }
  });
}
