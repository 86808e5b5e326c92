import { beforeAll, describe, expect, test } from "vitest";
import { ok } from "../hermes.js";
import type { Phone } from "../phone.js";
import type { Cases } from "../site.js";

export const forwarding: Cases = (site) => {
  describe("forwarding", () => {
    let caller: Phone;
    let boss: Phone;
    beforeAll(async () => {
      [caller, boss] = await Promise.all([site().account("outsider"), site().account("boss")]);
      await boss.plugIn();
    });

    test("to a number, to an address, and off again", async () => {
      const { domain, hermes } = site();
      const forward = (...args: string[]) => ok(hermes("user", "forward", boss.address, ...args));

      expect(await caller.call(boss.address)).toMatchObject({ status: 200 });
      await forward("--to", "+4791234567");
      expect(await caller.call(boss.address)).toMatchObject({
        status: 302,
        contact: `sip:+4791234567@${domain}`,
      });
      await forward("--to", `deputy@${domain}`);
      expect(await caller.call(boss.address)).toMatchObject({
        status: 302,
        contact: `sip:deputy@${domain}`,
      });
      await forward("--off");
      expect(await caller.call(boss.address)).toMatchObject({ status: 200 });
    });

    test("of calls that find the line busy, and of those that nobody answers", async () => {
      const { domain, hermes } = site();
      const desk = await site().account("assistant");
      const forward = (when: string, to: string) =>
        ok(hermes("user", "forward", desk.address, "--when", when, "--to", to));
      await forward("busy", `deputy@${domain}`);
      await forward("noanswer", "+4791234567");
      const toDeputy = { status: 302, contact: `sip:deputy@${domain}` };
      const toNumber = { status: 302, contact: `sip:+4791234567@${domain}` };

      // No phone is registered.
      expect(await caller.call(desk.address)).toMatchObject(toNumber);
      await desk.plugIn();
      expect(await caller.call(desk.address)).toMatchObject({ status: 200 });
      await desk.hangUp();
      await desk.take("busy");
      expect(await caller.call(desk.address)).toMatchObject(toDeputy);
      await desk.hangUp();
      await desk.take("ring");
      expect(await caller.call(desk.address)).toMatchObject(toNumber);

      await ok(hermes("user", "forward", desk.address, "--when", "noanswer", "--off"));
      await desk.hangUp();
      await desk.take("busy");
      expect(await caller.call(desk.address)).toMatchObject(toDeputy);
    });

    test("holds for calls to the account's aliases, and from outside", async () => {
      const { domain, gateway, hermes } = site();
      await ok(hermes("alias", "add", `+4712345008@${domain}`, boss.address));
      await ok(hermes("user", "forward", boss.address, "--to", "+4791234567"));
      const diverted = { status: 302, contact: `sip:+4791234567@${domain}` };
      expect(await caller.call(`+4712345008@${domain}`)).toMatchObject(diverted);
      expect(await gateway.call("+4712345008@127.0.0.1")).toMatchObject(diverted);
    });
  });
};
