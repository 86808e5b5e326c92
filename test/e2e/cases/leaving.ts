import { beforeAll, describe, expect, test } from "vitest";
import { ok } from "../hermes.js";
import type { Phone } from "../phone.js";
import type { Site } from "../site.js";

/** One way in which somebody loses an address. */
export interface Way {
  name: string;
  /** The command leaves the registrations alone as yet: the test must fail. */
  pending?: true;
  /** Does it, and answers the phone of whoever has the address from then on, not yet plugged in. */
  leave(site: Site, former: Phone): Promise<Phone | undefined>;
}

export const kickedAndRemoved: Way = {
  name: "user kick, user remove, and user add-local anew",
  async leave(site, former) {
    await ok(site.hermes("user", "kick", former.address));
    return removed.leave(site, former);
  },
};

export const removed: Way = {
  name: "user remove, and user add-local anew",
  pending: true,
  async leave(site, former) {
    await ok(site.hermes("user", "remove", former.address));
    return site.account(former.user);
  },
};

export const newPassword: Way = {
  name: "user change-pw",
  pending: true,
  async leave(site, former) {
    const answer = await ok(site.hermes("user", "change-pw", former.address, "--generate"));
    return site.phone(former.address, answer.password as string);
  },
};

/** Whoever has lost an address is not called on it, calls nobody from it and does not get it back. */
export function leaving(site: () => Site, ways: readonly Way[]) {
  describe("leaving", () => {
    let neighbour: Phone;
    beforeAll(async () => {
      neighbour = await site().account("neighbour");
      await neighbour.plugIn();
    });

    for (const way of ways) {
      (way.pending ? test.fails : test)(`by ${way.name} means leaving`, () => prove(way));
    }

    async function prove({ name, leave }: Way) {
      const former = await site().account(name.toLowerCase().replace(/[^a-z]+/g, "-"));
      await former.plugIn();
      expect(await neighbour.call(former.address)).toMatchObject({ status: 200 });
      await former.called(1);

      const heir = await leave(site(), former);

      const afterwards = await neighbour.call(former.address);
      expect(afterwards.status).toBe(heir === undefined ? 404 : 480);
      expect(await former.register()).toBe(401);
      expect(await former.call(neighbour.address)).toMatchObject({ status: 407 });
      if (heir !== undefined) {
        await heir.plugIn();
        expect(await neighbour.call(former.address)).toMatchObject({ status: 200 });
        await heir.called(1);
      }
      expect(former.calls()).toHaveLength(1);
    }
  });
}
