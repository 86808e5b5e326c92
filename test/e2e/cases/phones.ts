import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { waitFor } from "../../support/wait.js";
import { Baresip } from "../baresip.js";
import { ok } from "../hermes.js";
import type { Cases } from "../site.js";

const ALICE = { user: "alice", mac: "02a11ce00001", digits: "4224" };
const BOB = { user: "bob", mac: "02b0b0000001", digits: "4225" };

export const phones: Cases = (site) => {
  describe("phones that configure themselves", () => {
    let served: string;
    const hermes = (...args: string[]) => ok(site().hermes(...args));
    const folder = ({ mac }: typeof ALICE) => join(served, `baresip-${mac}`);
    const start = (person: typeof ALICE, ...commands: string[]) => {
      const baresip = Baresip.start(folder(person), ...commands);
      onTestFinished(() => baresip.stop());
      return baresip;
    };

    beforeAll(async () => {
      const { domain, engine, kamailio } = site();
      served = mkdtempSync(join(tmpdir(), "hermes-served-"));
      engine.configure(
        `[kamailio]\nrpc = "unix:${kamailio.rpcSocket}"\n[phones]\nout = "${served}"\ncodecs = ["PCMA"]\n`,
      );
      const port = String(kamailio.port);
      const servers = ["--registrar", "127.0.0.1", "--r-port", port, "--proxy", "127.0.0.1"];
      const prov = ["--p-port", port, "--prov-url", `https://${domain}/prov`];
      await hermes("domain", "set-servers", domain, ...servers, ...prov);
      for (const { user, mac, digits } of [ALICE, BOB]) {
        const address = `${user}@${domain}`;
        const about = ["--displayname", `${user} "the" & <only>; 😀`, "--email", "a@mail.test"];
        await hermes("user", "onboard", address, ...about, "--alias", digits, "--mac", mac);
        await hermes("phone", "set", mac, "--vendor", "baresip");
      }
      expect(await hermes("phone", "render", "--all")).toMatchObject({ written: 4, removed: 0 });
    });
    afterAll(() => rmSync(served, { recursive: true, force: true }));

    test("a rendered phone registers, and calls another by its four digits", async () => {
      const bob = start(BOB, "/answermode auto");
      await bob.says(/1 binding/);
      const alice = start(ALICE, "/dial 4225");
      await alice.says(/1 binding/);
      await bob.says(/Call established: sip:alice@/);
      await alice.says(/Call established: sip:4225@/);
      const { locations } = await hermes("user", "location", `alice@${site().domain}`);
      expect(locations).toMatchObject([{ useragent: expect.stringContaining("baresip") }]);
    });

    test("is refused a number abroad without the flag", async () => {
      const alice = start(ALICE, "/dial +4512345678");
      await alice.says(/403 International Calls Not Permitted/);
      expect(site().gateway.calls()).toEqual([]);
    });

    test("is refused after a change of password until it is rendered again", async () => {
      const address = `alice@${site().domain}`;
      const answer = await hermes("user", "change-pw", address, "--generate");
      expect(answer.phones).toEqual([ALICE.mac]);
      // The folder is as it was.
      const before = start(ALICE);
      await before.says(/401 Unauthorized/);
      await before.stop();
      expect(await hermes("phone", "render", "--all")).toMatchObject({ written: 1, unchanged: 3 });
      await start(ALICE).says(/1 binding/);
    });

    test("phone resync notifies each phone that is registered, once", async () => {
      const { hermes, domain } = site();
      const desk = await site().account("desk");
      const nobody = await hermes("phone", "resync", "--user", desk.address);
      expect(nobody).toMatchObject({ response: "failed", cause: "offline" });

      await desk.awaitNotify();
      expect(await desk.register()).toBe(200);
      const answer = await ok(hermes("phone", "resync", "--user", desk.address));
      expect(answer).toEqual({ response: "ok", notified: [desk.contact] });
      const [notify] = await waitFor("the NOTIFY", () => {
        const heard = desk.notifies();
        return heard.length > 0 && heard;
      });
      expect(notify?.startLine).toBe(`NOTIFY ${desk.contact} SIP/2.0`);
      expect(notify?.headers.get("event")).toBe("check-sync;reboot=false");
      expect(notify?.headers.get("to")).toBe(`<sip:desk@${domain}>`);
    });

    test("a change with --resync notifies, the phone's file made anew before", async () => {
      const { hermes } = site();
      const lamp = await site().account("lamp");
      const mac = "02000000001a";
      await ok(hermes("phone", "add", lamp.address, mac));
      await ok(hermes("phone", "set", mac, "--vendor", "yealink"));
      await lamp.awaitNotify();
      expect(await lamp.register()).toBe(200);
      const change = ["user", "update", lamp.address, "--linetext", "Lamp", "--resync"];
      const tried = await ok(hermes(...change, "--dry-run"));
      expect(tried).toMatchObject({ updated: ["linetext"], phones: [mac] });
      expect(tried).not.toHaveProperty("notified");
      expect(await ok(hermes(...change))).toMatchObject({
        phones: [mac],
        notified: [lamp.contact],
      });
      await waitFor("the NOTIFY", () => lamp.notifies().length > 0);
      const again = await ok(hermes("phone", "render", "--all"));
      expect(again).toMatchObject({ written: 0, removed: 0 });
      expect(lamp.notifies()).toHaveLength(1);

      // A new password ends the registration; the phone hears of it all the same.
      const password = ["user", "change-pw", lamp.address, "--generate", "--resync"];
      expect(await ok(hermes(...password))).toMatchObject({ notified: [lamp.contact] });
      await waitFor("another NOTIFY", () => lamp.notifies().length > 1);
      expect(await hermes("user", "location", lamp.address)).toMatchObject({ cause: "offline" });
    });
  });
};
