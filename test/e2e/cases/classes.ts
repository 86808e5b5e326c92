import { beforeAll, describe, expect, test } from "vitest";
import type { CallClasses } from "../../../src/classes/call-classes";
import { classify, dialled, parseCalled, verdict } from "../../../src/classes/classify";
import { PERMISSION_FLAG_NAMES, PERMISSION_FLAGS } from "../../../src/model/permission";
import { formatSipAddress, type SipAddress } from "../../../src/model/sip-address";
import { ok } from "../hermes.js";
import { type Phone, placeCalls } from "../phone.js";
import type { Site } from "../site.js";

/** What Kamailio says to a caller whose flags lack a class. */
const REFUSALS = {
  EMERGENCY: "403 Emergency Calls Not Permitted",
  INTERNAL: "403 Internal Calls Not Permitted",
  VOIP: "403 VoIP Calls Not Permitted",
  NATIONAL: "403 National Calls Not Permitted",
  SERVICES: "403 Service Numbers Not Permitted",
  INTERNATIONAL: "403 International Calls Not Permitted",
  OTHERS: "403 Other Calls Not Permitted",
};

const INSIDE = ["desk", "away", "7001", "reception", "+4712345007", "nobody", "1234"];

interface Subject {
  /** What the running Kamailio's route was made from. */
  classes: CallClasses;
  /** What is dialled, beside addresses within the site and elsewhere. */
  numbers: string[];
  /** How many calls that must make. */
  atLeast: number;
}

/** Accounts with one flag each call numbers of every kind: Kamailio does what the verdict says. */
export function callClasses(site: () => Site, { classes, numbers, atLeast }: Subject) {
  describe("call classes", () => {
    /** By account, the sum of its flags. */
    const callers = new Map<Phone, number>();
    /** What an account's phone answers. */
    const accounts = new Map<string, 200 | 480>();
    const aliases = new Map<string, SipAddress>();
    let stranger: Phone;

    beforeAll(async () => {
      const { domain, hermes } = site();
      const desk = await site().account("desk");
      await desk.plugIn();
      accounts.set(desk.address, 200);
      accounts.set((await site().account("away")).address, 480);
      for (const flag of PERMISSION_FLAG_NAMES) {
        const phone = await site().account(`only-${flag.toLowerCase()}`);
        await ok(hermes("permission", "set", phone.address, "--flags", flag));
        callers.set(phone, PERMISSION_FLAGS[flag]);
      }
      for (const name of ["7001", "reception", "+4712345007"]) {
        await ok(hermes("alias", "add", `${name}@${domain}`, desk.address));
        aliases.set(`${name}@${domain}`, { username: desk.user, domain });
      }
      stranger = await site().phone("someone@127.0.0.1", "");
      await stranger.answer();
    });

    test(`${atLeast} calls come to what the verdict says`, async () => {
      const { domain, gateway, kamailio } = site();
      const calls = [...INSIDE, ...numbers, stranger.address].flatMap((called) => {
        const address = parseCalled(called, domain);
        if (address === undefined) throw new Error(`${called} is nothing to call`);
        return [...callers].map(([from, flags]) => ({ from, ...foretell(address, flags) }));
      });
      expect(calls.length).toBeGreaterThanOrEqual(atLeast);
      const before = gateway.calls().length;

      const outcomes = await placeCalls(kamailio.port, calls);

      const surprises = calls.flatMap(({ from, target, expected, why }, index) => {
        const { status = 0, reason } = outcomes[index] ?? {};
        const came = status === 403 ? `403 ${reason}` : String(status);
        return came === expected ? [] : [`${from.user} → ${target}: ${came}. ${why}`];
      });
      expect(surprises).toEqual([]);
      // What left the site is the number that was judged.
      const left = calls.flatMap(({ out }) => out ?? []);
      const arrived = await gateway.called(before + left.length);
      expect(arrived.slice(before).toSorted()).toEqual(left.toSorted());
    });

    /** What Kamailio will answer if it agrees, and what it will send to the gateway. */
    function foretell(called: SipAddress, flags: number) {
      const { domain, gateway } = site();
      const number = dialled(called, classes);
      const destination = aliases.get(formatSipAddress(number));
      const phone = accounts.get(formatSipAddress(destination ?? number));
      const facts = { domains: new Set([domain]), destination, account: phone !== undefined };
      const found = classify(called, classes, facts);
      const { class: needed, allowed, why } = verdict(found, flags, classes);
      const target =
        needed === "VOIP" ? `sip:someone@127.0.0.1:${stranger.port}` : formatSipAddress(called);
      if (needed === undefined) return { target, why, expected: "404" };
      if (!allowed) return { target, why, expected: REFUSALS[needed] };
      if (needed === "VOIP") return { target, why, expected: "200" };
      if (phone !== undefined) return { target, why, expected: String(phone) };
      const { username } = needed === "EMERGENCY" ? called : number;
      return { target, why, expected: "200", out: `sip:${username}@127.0.0.1:${gateway.port}` };
    }
  });
}
