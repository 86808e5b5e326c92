import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failed } from "../../support/answers";
import { register as registerAt } from "../../support/location";
import type { Site } from "../../support/site";
import { ALICE, addAlice, BOB } from "./people";

/** user/location, over rows as Kamailio itself writes them. */
export function locationCases(site: () => Site): void {
  describe("user/location", () => {
    const now = () => Math.floor(Date.now() / 1000);
    const zone = process.env.TZ;

    beforeEach(() => addAlice(site()));
    afterEach(() => {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    });

    it.each(["UTC", "America/St_Johns", "Asia/Kolkata"])(
      "answers contacts with their expiry in unix seconds, host in %s",
      async (timezone) => {
        process.env.TZ = timezone;
        const expires = now() + 3600;
        await register("sip:alice@192.0.2.1:5060", expires);
        expect(await locate()).toEqual({
          response: "ok",
          locations: [{ contact: "sip:alice@192.0.2.1:5060", useragent: "Phone 1.0", expires }],
        });
      },
    );

    it.each(["UTC", "America/St_Johns", "Asia/Kolkata"])(
      "answers a permanent contact with 0, host in %s",
      async (timezone) => {
        process.env.TZ = timezone;
        await register("sip:gateway@192.0.2.9", 0);
        expect(await locate()).toMatchObject({
          locations: [{ contact: "sip:gateway@192.0.2.9", expires: 0 }],
        });
      },
    );

    it("answers several contacts, and leaves out those that have expired", async () => {
      const soon = now() + 60;
      await register("sip:alice@192.0.2.1", soon);
      await register("sip:alice@192.0.2.2", now() - 1);
      await register("sip:alice@192.0.2.3", soon + 1);
      expect(await locate()).toMatchObject({
        locations: [
          { contact: "sip:alice@192.0.2.1", expires: soon },
          { contact: "sip:alice@192.0.2.3", expires: soon + 1 },
        ],
      });
    });

    it("refuses where nothing is registered, or not any more", async () => {
      expect(await locate()).toEqual(failed("offline", ALICE));
      await register("sip:alice@192.0.2.2", now() - 1);
      expect(await locate()).toEqual(failed("offline", ALICE));
    });

    it("refuses an address without an account, and what is no address", async () => {
      expect(await site().call("user/location", { user: BOB })).toEqual(failed("nonexistant"));
      expect(await site().call("user/location", { user: "alice" })).toEqual(failed("invalid"));
    });

    const locate = () => site().call("user/location", { user: ALICE });

    const register = (contact: string, expires: number) =>
      registerAt(site(), ALICE, contact, expires);
  });
}
