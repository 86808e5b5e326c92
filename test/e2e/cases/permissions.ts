import { beforeAll, describe, expect, test } from "vitest";
import { ok } from "../hermes.js";
import type { Phone } from "../phone.js";
import type { Cases } from "../site.js";

const flags = [
  ...["NOCALLS", "EMERGENCY", "INTERNAL", "VOIP"],
  ...["NATIONAL", "SERVICES", "INTERNATIONAL", "OTHERS"],
];

export const permissions: Cases = (site) => {
  describe("permissions", () => {
    let caller: Phone;
    let colleague: Phone;
    let stranger: Phone;
    beforeAll(async () => {
      [caller, colleague] = await Promise.all([
        site().account("restricted"),
        site().account("colleague"),
      ]);
      stranger = await site().phone("someone@elsewhere.example", "");
      await Promise.all([colleague.plugIn(), stranger.answer()]);
    });

    const permit = (...args: string[]) =>
      ok(site().hermes("permission", "set", caller.address, ...args));

    const national = () => caller.call(`+4722222222@${site().domain}`);
    const internal = () => caller.call(colleague.address);
    const emergency = () => caller.call(`112@${site().domain}`);

    test("INTERNAL,EMERGENCY: internal yes, national not before NATIONAL is added", async () => {
      await permit("--flags", "INTERNAL,EMERGENCY");
      expect(await national()).toMatchObject({
        status: 403,
        reason: "National Calls Not Permitted",
      });
      expect(await internal()).toMatchObject({ status: 200 });
      await permit("--flags", "NATIONAL", "--add");
      expect(await national()).toMatchObject({ status: 200 });
      await permit("--flags", "NATIONAL", "--remove");
      expect(await national()).toMatchObject({ status: 403 });
    });

    // One number of each class, or the address of it; what the gateway is sent for it.
    test.each([
      ["EMERGENCY", "113", "113"],
      ["NATIONAL", "22222222", "+4722222222"],
      ["SERVICES", "02800", "02800"],
      ["SERVICES", "+4781500000", "+4781500000"],
      ["INTERNATIONAL", "+46812345678", "+46812345678"],
      ["OTHERS", "+8816123456", "+8816123456"],
    ])("%s alone lets %s through to the gateway", async (flag, number, sent) => {
      const { domain, gateway } = site();
      const others = flags.filter((name) => name !== flag);
      await permit("--flags", others.join());
      expect(await caller.call(`${number}@${domain}`)).toMatchObject({ status: 403 });
      await permit("--flags", flag);
      const before = gateway.calls().length;
      expect(await caller.call(`${number}@${domain}`)).toMatchObject({ status: 200 });
      const calls = await gateway.called(before + 1);
      expect(calls.slice(before)).toEqual([`sip:${sent}@127.0.0.1:${gateway.port}`]);
    });

    test("INTERNAL alone lets calls to accounts and aliases through", async () => {
      const short = `7001@${site().domain}`;
      await ok(site().hermes("alias", "add", short, colleague.address));
      await permit("--flags", flags.filter((name) => name !== "INTERNAL").join());
      expect(await internal()).toMatchObject({
        status: 403,
        reason: "Internal Calls Not Permitted",
      });
      expect(await caller.call(short)).toMatchObject({ status: 403 });
      await permit("--flags", "INTERNAL");
      expect(await internal()).toMatchObject({ status: 200 });
      expect(await caller.call(short)).toMatchObject({ status: 200 });
    });

    test("VOIP alone lets calls to SIP addresses elsewhere through", async () => {
      const elsewhere = `sip:someone@127.0.0.1:${stranger.port}`;
      await permit("--flags", flags.filter((name) => name !== "VOIP").join());
      expect(await caller.call(elsewhere)).toMatchObject({
        status: 403,
        reason: "VoIP Calls Not Permitted",
      });
      await permit("--flags", "VOIP");
      expect(await caller.call(elsewhere)).toMatchObject({ status: 200 });
    });

    test("NOCALLS alone lets nothing through, and ALL everything", async () => {
      await permit("--flags", "NOCALLS");
      for (const call of [internal, emergency, national]) {
        expect(await call()).toMatchObject({ status: 403 });
      }
      await permit("--flags", "ALL");
      for (const call of [internal, emergency, national]) {
        expect(await call()).toMatchObject({ status: 200 });
      }
    });

    test("a stranger reaches our accounts, and nothing through the gateway", async () => {
      expect(await stranger.call(colleague.address)).toMatchObject({ status: 200 });
      for (const number of ["+4722222222", "112"]) {
        expect(await stranger.call(`${number}@${site().domain}`)).toMatchObject({ status: 404 });
      }
    });

    test("a new account may call inside and for help", async () => {
      const fresh = await site().account("fresh");
      expect(await fresh.call(colleague.address)).toMatchObject({ status: 200 });
      expect(await fresh.call(`112@${site().domain}`)).toMatchObject({ status: 200 });
      expect(await fresh.call(`+4722222222@${site().domain}`)).toMatchObject({ status: 403 });
    });
  });
};
