import { beforeAll, describe, expect, test } from "vitest";
import { ok } from "../hermes.js";
import type { Phone } from "../phone.js";
import type { Cases } from "../site.js";

export const aliases: Cases = (site) => {
  describe("aliases", () => {
    let caller: Phone;
    let desk: Phone;
    beforeAll(async () => {
      [caller, desk] = await Promise.all([site().account("caller"), site().account("desk")]);
      await desk.plugIn();
      await ok(site().hermes("numbers", "add-range", "+4712345000", "+4712345009"));
    });

    /** Calls it and sees that desk's phone rings. */
    async function reachesDesk(address: string) {
      const before = desk.calls().length;
      expect(await caller.call(address)).toMatchObject({ status: 200 });
      const calls = await desk.called(before + 1);
      expect(calls.slice(before)).toEqual([desk.contact]);
    }

    test("the account's own address reaches its phone", () => reachesDesk(desk.address));

    test.each(["reception", "1234", "+4712345007"])("%s", async (name) => {
      const { domain, hermes } = site();
      const alias = `${name}@${domain}`;
      expect(await caller.call(alias)).toMatchObject({ status: 404 });
      await ok(hermes("alias", "add", alias, desk.address));
      await reachesDesk(alias);
      await ok(hermes("alias", "remove", alias));
      expect(await caller.call(alias)).toMatchObject({ status: 404 });
    });

    test("a number assigned from the pool, from inside and outside", async () => {
      const { domain, gateway, hermes } = site();
      const number = "+4712345001";
      await ok(hermes("numbers", "assign", number, desk.address));
      await reachesDesk(`${number}@${domain}`);
      await reachesDesk(`004712345001@${domain}`);

      const before = desk.calls().length;
      // Carriers put in the address of our server.
      expect(await gateway.call(`${number}@127.0.0.1`)).toMatchObject({ status: 200 });
      await desk.called(before + 1);

      await ok(hermes("numbers", "release", number));
      expect(await caller.call(`${number}@${domain}`)).toMatchObject({ status: 404 });
      expect(await gateway.call(`${number}@127.0.0.1`)).toMatchObject({ status: 404 });
    });

    test("nobody has this address: 404; nobody is at home: 480", async () => {
      const away = await site().account("away");
      expect(await caller.call(`nobody@${site().domain}`)).toMatchObject({ status: 404 });
      expect(await caller.call(away.address)).toMatchObject({ status: 480 });
    });
  });
};
