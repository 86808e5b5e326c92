import { beforeAll, describe, expect, test } from "vitest";
import { ok } from "../hermes.js";
import { type Phone, userAgent } from "../phone.js";
import type { Cases } from "../site.js";

export const registration: Cases = (site) => {
  describe("registration", () => {
    let alice: Phone;
    beforeAll(async () => {
      alice = await site().account("alice");
    });

    test("takes the password that Hermes generated, and no other", async () => {
      expect(await alice.register({ password: "something-else" })).toBe(401);
      expect(await alice.register()).toBe(200);
    });

    test("takes the full address as authentication name, too", async () => {
      expect(await alice.register({ authUser: alice.address })).toBe(200);
    });

    test("follows a change of password", async () => {
      const old = alice.password;
      await ok(site().hermes("user", "change-pw", alice.address, "--password", "N3w-secret.21"));
      alice.password = "N3w-secret.21";
      expect(await alice.register({ password: old })).toBe(401);
      expect(await alice.register()).toBe(200);

      const { password } = await ok(
        site().hermes("user", "change-pw", alice.address, "--generate"),
      );
      expect(await alice.register()).toBe(401);
      alice.password = password as string;
      expect(await alice.register()).toBe(200);
    });

    test("ends with the account", async () => {
      const gone = await site().account("gone");
      expect(await gone.register()).toBe(200);
      await ok(site().hermes("user", "remove", gone.address));
      expect(await gone.register()).toBe(401);
      expect(await gone.register({ password: "something-else" })).toBe(401);
      expect(await alice.call(gone.address)).toMatchObject({ status: 404 });
    });

    test("is refused to a domain that is not the site's", async () => {
      const stranger = await site().phone("alice@not-ours.example", alice.password);
      expect(await stranger.register()).toBe(403);
    });

    test("is open to a new domain once Kamailio has reloaded its domains", async () => {
      const { engine, hermes, kamailio } = site();
      await engine.addDomain("second.example");
      const address = "alice@second.example";
      const { user } = await ok(
        hermes("user", "add-local", address, "--displayname", "A", "--email", "a@mail.test"),
      );
      const phone = await site().phone(address, (user as { password: string }).password);
      expect(await phone.register()).toBe(403);
      await kamailio.rpc("domain.reload");
      expect(await phone.register()).toBe(200);
      // The same name in another domain is another account.
      expect(await phone.register({ password: alice.password })).toBe(401);
    });

    test("shows in `user location` until it ends", async () => {
      const { hermes } = site();
      const eve = await site().account("eve");
      const offline = { response: "failed", cause: "offline" };
      expect(await hermes("user", "location", eve.address)).toMatchObject(offline);

      expect(await eve.register({ expires: 900 })).toBe(200);
      const expected = Date.now() / 1000 + 900;
      const { locations } = await ok(hermes("user", "location", eve.address));
      expect(locations).toEqual([
        { contact: eve.contact, useragent: userAgent, expires: expect.any(Number) },
      ]);
      const [{ expires }] = locations as [{ expires: number }];
      expect(Math.abs(expires - expected)).toBeLessThan(3);
      expect(Number.isInteger(expires)).toBe(true);

      expect(await eve.unregister()).toBe(200);
      expect(await hermes("user", "location", eve.address)).toMatchObject(offline);
    });

    test("without end, made by the administrator, shows as such", async () => {
      const { hermes, kamailio } = site();
      const fax = await site().account("fax");
      const { port } = fax;
      const path = "<sip:127.0.0.1;lr>";
      const params = ["location", fax.address, `sip:fax@127.0.0.1:${port}`, 0, 1, path, 0, 0, 4095];
      await kamailio.rpc("ul.add", params);
      const { locations } = await ok(hermes("user", "location", fax.address));
      expect(locations).toMatchObject([{ contact: `sip:fax@127.0.0.1:${port}`, expires: 0 }]);
    });
  });
};
