import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { examine } from "../../src/doctor/doctor";
import { openHermes } from "../../src/hermes";
import { ALICE, addAlice, addBob, addCarol, BOB, CAROL } from "../nodes/cases/people";
import { type Shape, useSite } from "../support/site";

const MAC = "f00ba2ba5c00";
const OTHER = "f00ba2ba5c01";

describe.each<Shape>(["embedded", "v7"])("what hermes doctor says of phones, on %s", (shape) => {
  const site = useSite(shape);
  beforeEach(async () => {
    for (const add of [addAlice, addBob, addCarol]) await add(site());
    await site().ok("phone/add", { user: ALICE, mac: MAC });
    await site().ok("phone/add", { user: BOB, mac: OTHER });
  });

  /** Findings as `severity check subject`, of a site that serves its phones from this folder. */
  async function found(out?: string) {
    const { config } = site();
    const hermes = openHermes({ ...config, phones: { ...config.phones, out } });
    const { findings } = await examine(hermes, { name: "test" });
    await hermes.close();
    return findings
      .filter(({ check }) => /phone/.test(check))
      .map(({ severity, check, subject }) => `${severity} ${check} ${subject}`);
  }

  function servedFolder() {
    const out = mkdtempSync(join(tmpdir(), "hermes-served-"));
    onTestFinished(() => rmSync(out, { recursive: true }));
    return out;
  }

  test("nothing to a site that does not configure them", async () => {
    expect(await found()).toEqual([]);
  });

  test("which have no vendor, and which accounts have no phone, once one has a vendor", async () => {
    await site().ok("phone/set", { mac: MAC, vendor: "yealink" });
    expect(await found()).toEqual([
      `warning phone-vendors ${OTHER}`,
      `note without-phone ${CAROL}`,
    ]);
  });

  test("whose vendor is one of templates that are gone", async () => {
    await site().ok("phone/set", { mac: MAC, vendor: "yealink" });
    await site().ok("phone/set", { mac: OTHER, vendor: "snom" });
    await site().sql("UPDATE {phone_models} SET vendor = 'acme' WHERE mac = ?", [MAC]);
    expect(await found()).toContainEqual(`warning phone-vendors ${MAC}`);
  });

  test("which files in the folder are not as they should be", async () => {
    const out = servedFolder();
    await site().ok("phone/add", { user: CAROL, mac: MAC });
    for (const mac of [MAC, OTHER]) await site().ok("phone/set", { mac, vendor: "yealink" });
    const absent = [MAC, OTHER].map((mac) => `warning phone-files ${mac}.cfg`);
    expect(await found(out)).toEqual(absent);
    await site().ok("phone/render", { all: true, out });
    expect(await found(out)).toEqual([]);

    await site().ok("user/change_pw", { user: ALICE, generate: true });
    expect(await found(out)).toEqual(absent.slice(0, 1));
    writeFileSync(join(out, `${OTHER}.cfg`), "mine");
    expect(await found(out)).toEqual(absent);
  });

  test("which can't be rendered, and why", async () => {
    const out = servedFolder();
    await site().ok("phone/add", { user: CAROL, mac: MAC });
    for (const mac of [MAC, OTHER]) await site().ok("phone/set", { mac, vendor: "yealink" });
    await site().ok("phone/render", { all: true, out });
    await site().sql("UPDATE {users} SET password = '' WHERE username = 'bob'");
    await site().sql("UPDATE {subscriber} SET password = '' WHERE username = 'bob'");
    expect(await found(out)).toEqual([`warning phone-files ${OTHER}`]);
  });
});
