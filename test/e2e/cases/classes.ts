import { stringify } from "smol-toml";
import { beforeAll, describe, expect, test } from "vitest";
import type { CallClasses } from "../../../src/classes/call-classes";
import { dialled, parseCalled } from "../../../src/classes/classify";
import type { ClassSection } from "../../../src/config/classes";
import { PERMISSION_FLAG_NAMES } from "../../../src/model/permission";
import { formatSipAddress, type SipAddress } from "../../../src/model/sip-address";
import { type Envelope, ok } from "../hermes.js";
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
  /** Hermes' configuration, and what the running Kamailio's route was made from. */
  section: ClassSection;
  classes: CallClasses;
  /** What is dialled, beside addresses within the site and elsewhere. */
  numbers: string[];
  /** How many calls that must make. */
  atLeast: number;
}

/** Accounts with one flag each call numbers of every kind: Kamailio does what `permission check` says. */
export function callClasses(site: () => Site, { section, classes, numbers, atLeast }: Subject) {
  describe("call classes", () => {
    const callers: Phone[] = [];
    /** What an account's phone answers. */
    const accounts = new Map<string, 200 | 480>();
    const aliases = new Map<string, SipAddress>();
    let stranger: Phone;

    beforeAll(async () => {
      const { domain, engine, hermes } = site();
      engine.configure(stringify({ classes: section }));
      const desk = await site().account("desk");
      await desk.plugIn();
      accounts.set(desk.address, 200);
      accounts.set((await site().account("away")).address, 480);
      for (const flag of PERMISSION_FLAG_NAMES) {
        const phone = await site().account(`only-${flag.toLowerCase()}`);
        await ok(hermes("permission", "set", phone.address, "--flags", flag));
        callers.push(phone);
      }
      for (const name of ["7001", "reception", "+4712345007"]) {
        await ok(hermes("alias", "add", `${name}@${domain}`, desk.address));
        aliases.set(`${name}@${domain}`, { username: desk.user, domain });
      }
      stranger = await site().phone("someone@127.0.0.1", "");
      await stranger.answer();
    });

    test(`${atLeast} calls come to what permission check says`, async () => {
      const { engine, gateway, kamailio } = site();
      const wanted = [...INSIDE, ...numbers, stranger.address].flatMap((called) =>
        callers.map((from) => ({ from, called })),
      );
      const verdicts = await engine.batch(
        wanted.map(({ from: { address: user }, called }) => ({
          node: "permission/check",
          params: { user, called },
        })),
      );
      const calls = wanted.map(({ from, called }, index) => ({
        from,
        ...foretell(called, verdicts[index] as Envelope),
      }));
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
    function foretell(called: string, { response, cause, ...verdict }: Envelope) {
      const { domain, gateway } = site();
      const address = parseCalled(called, domain);
      if (address === undefined) throw new Error(`${called} is nothing to call`);
      const { class: needed, allowed } = verdict as { class?: keyof typeof REFUSALS } & Envelope;
      const why = String(verdict.why ?? verdict.detail);
      const target =
        needed === "VOIP" ? `sip:someone@127.0.0.1:${stranger.port}` : formatSipAddress(address);
      if (response === "failed" && cause === "rejected") return { target, why, expected: "404" };
      if (response !== "ok" || needed === undefined) throw new Error(why);
      if (!allowed) return { target, why, expected: REFUSALS[needed] };
      if (needed === "VOIP") return { target, why, expected: "200" };
      const number = dialled(address, classes);
      const destination = aliases.get(formatSipAddress(number));
      const rings = accounts.get(formatSipAddress(destination ?? number));
      if (rings !== undefined) return { target, why, expected: String(rings) };
      const { username } = needed === "EMERGENCY" ? address : number;
      return { target, why, expected: "200", out: `sip:${username}@127.0.0.1:${gateway.port}` };
    }
  });
}
