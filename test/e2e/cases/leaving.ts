import { beforeAll, describe, expect, test } from "vitest";
import { ok } from "../hermes.js";
import type { Phone } from "../phone.js";
import type { Site } from "../site.js";

/** One way in which somebody loses an address. */
export interface Way {
  name: string;
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
  async leave(site, former) {
    await ok(site.hermes("user", "remove", former.address));
    return site.account(former.user);
  },
};

export const newPassword: Way = {
  name: "user change-pw",
  async leave(site, former) {
    const answer = await ok(site.hermes("user", "change-pw", former.address, "--generate"));
    return site.phone(former.address, answer.password as string);
  },
};

export const disabled: Way = {
  name: "user disable",
  async leave(site, former) {
    await ok(site.hermes("user", "disable", former.address));
    return undefined;
  },
};

export const renamed: Way = {
  name: "user rename, and user add-local anew",
  async leave(site, former) {
    const to = `new-${former.address}`;
    await ok(site.hermes("user", "rename", former.address, to));
    return site.account(former.user);
  },
};

/** Every way, for a Kamailio that Hermes can reach or that looks into the table. */
export const ways: readonly Way[] = [removed, newPassword, disabled, renamed];

/** Whoever has lost an address is not called on it, calls nobody from it and does not get it back. */
export function leaving(site: () => Site, ways: readonly Way[]) {
  describe("leaving", () => {
    let neighbour: Phone;
    beforeAll(async () => {
      neighbour = await site().account("neighbour");
      await neighbour.plugIn();
    });

    for (const way of ways) {
      test(`by ${way.name} means leaving`, () => prove(way));
    }

    test("a disabled account that is enabled again is as it was", async () => {
      const phone = await site().account("on-leave");
      await ok(site().hermes("user", "disable", phone.address));
      expect(await phone.register()).toBe(401);
      await ok(site().hermes("user", "enable", phone.address));
      await phone.plugIn();
      expect(await neighbour.call(phone.address)).toMatchObject({ status: 200 });
      expect(await phone.call(neighbour.address)).toMatchObject({ status: 200 });
    });

    async function prove({ name, leave }: Way) {
      const former = await site().account(name.toLowerCase().replace(/[^a-z]+/g, "-"));
      await former.plugIn();
      expect(await neighbour.call(former.address)).toMatchObject({ status: 200 });
      await former.called(1);

      const heir = await leave(site(), former);

      const afterwards = await neighbour.call(former.address);
      expect(afterwards.status).toBe(480);
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
