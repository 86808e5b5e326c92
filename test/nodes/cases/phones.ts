import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { failed, invalid } from "../../support/answers";
import { DOMAIN, type Site } from "../../support/site";
import { ALICE, addAlice, addBob, addCarol, BOB, CAROL } from "./people";

const MAC = "f00ba2ba5c00";
const OTHER = "0004f2000001";

/** Every node of the family. */
export function phoneCases(site: () => Site): void {
  beforeEach(async () => {
    await addAlice(site());
    await addBob(site());
    await addCarol(site());
  });
  const add = (user: string, mac: string) => site().call("phone/add", { user, mac });

  describe("phone/add", () => {
    it.each([MAC, "F0:0B:A2:BA:5C:00", "f0-0b-a2-ba-5c-00", "f00b.a2ba.5c00", " F00BA2BA5C00 "])(
      "keeps %s as 12 lower-case digits",
      async (mac) => {
        expect(await add(ALICE, mac)).toEqual({
          response: "ok",
          mac: MAC,
          username: "alice",
          domain: DOMAIN,
        });
        expect(await site().sql("SELECT mac, username, domain FROM {phones}")).toEqual([
          { mac: MAC, username: "alice", domain: DOMAIN },
        ]);
      },
    );

    it("gives a phone several accounts, an account several phones", async () => {
      for (const user of [BOB, ALICE, CAROL]) await site().ok("phone/add", { user, mac: MAC });
      await site().ok("phone/add", { user: ALICE, mac: OTHER });
      expect(await site().call("phone/get", { mac: MAC })).toEqual({
        response: "ok",
        list: [ALICE, BOB, CAROL],
      });
      expect(await site().call("phone/get", { user: ALICE })).toEqual({
        response: "ok",
        list: [OTHER, MAC],
      });
    });

    it.each([
      [{ user: "alice", mac: MAC }, failed("invalid", "user")],
      [{ user: ALICE, mac: "f00ba2ba5c0" }, failed("invalid", "mac")],
      [{ user: ALICE, mac: "f0:0b:a2:ba:5c:0g" }, failed("invalid", "mac")],
      [{ user: `nobody@${DOMAIN}`, mac: MAC }, failed("nonexistant", "nobody")],
      [{ user: ALICE }, invalid("parameters", "mac")],
      [{ mac: MAC }, invalid("parameters", "user")],
      [{ user: ALICE, mac: "" }, invalid("parameters", "mac")],
    ])("refuses %j", async (given, answer) => {
      expect(await site().call("phone/add", given)).toEqual(answer);
      expect(await site().sql("SELECT * FROM {phones}")).toEqual([]);
    });

    it("refuses what is so already, however it is written", async () => {
      await site().ok("phone/add", { user: ALICE, mac: MAC });
      expect(await add(`sip:${ALICE}`, "F0:0B:A2:BA:5C:00")).toEqual(failed("exists"));
      if (site().kind === "mysql")
        expect(await add(`ALICE@${DOMAIN}`, MAC)).toEqual(failed("exists"));
    });

    it("refuses with dbfail where the database does", async () => {
      await site().refuse("INSERT", "phones");
      expect(await add(ALICE, MAC)).toEqual(failed("dbfail", "not today"));
    });
  });

  describe("phone/get", () => {
    it.each([
      [{ mac: OTHER }, failed("nonexistant")],
      [{ user: BOB }, failed("nonexistant")],
      [{ user: `nobody@${DOMAIN}` }, failed("nonexistant")],
      [{ user: "bob" }, failed("invalid")],
      [{ mac: "f00" }, failed("invalid")],
      [{}, invalid("parameters")],
      [{ user: ALICE, mac: MAC }, invalid("parameters")],
    ])("refuses %j", async (given, answer) => {
      await site().ok("phone/add", { user: ALICE, mac: MAC });
      expect(await site().call("phone/get", given)).toEqual(answer);
    });
  });

  describe("phone/list", () => {
    it("lists every phone once, in order; none is an empty list", async () => {
      expect(await site().call("phone/list")).toEqual({ response: "ok", list: [] });
      for (const user of [ALICE, BOB]) await site().ok("phone/add", { user, mac: MAC });
      await site().ok("phone/add", { user: ALICE, mac: OTHER });
      expect(await site().call("phone/list")).toEqual({ response: "ok", list: [OTHER, MAC] });
    });

    it.each([
      ["f00ba2", [MAC]],
      ["BA5C", [MAC]],
      ["f00ba2*", [MAC]],
      ["00", [OTHER, MAC]],
      ["00*", [OTHER]],
      ["????????????", [OTHER, MAC]],
      ["f00", [MAC]],
      ["f0:0b", [MAC]],
      ["F00B.A2", [MAC]],
      ["*-5C-00", [MAC]],
      [":", []],
      ["*f00", []],
      ["_00ba2ba5c00", []],
      ["%", []],
      ["😀", []],
    ])("finds %s", async (search, list) => {
      await site().ok("phone/add", { user: ALICE, mac: MAC });
      await site().ok("phone/add", { user: ALICE, mac: OTHER });
      expect(await site().call("phone/list", { search })).toEqual({ response: "ok", list });
    });
  });

  describe("phone/remove", () => {
    it("takes one account from one phone", async () => {
      for (const user of [ALICE, BOB]) await site().ok("phone/add", { user, mac: MAC });
      expect(await site().call("phone/remove", { user: ALICE, mac: "F0:0B:A2:BA:5C:00" })).toEqual({
        response: "ok",
        mac: MAC,
        username: "alice",
        domain: DOMAIN,
      });
      expect(await site().ok("phone/get", { mac: MAC })).toMatchObject({ list: [BOB] });
    });

    it.each([
      [{ user: BOB, mac: MAC }, failed("nonexistant")],
      [{ user: ALICE, mac: OTHER }, failed("nonexistant")],
      [{ user: "alice", mac: MAC }, failed("invalid")],
      [{ user: ALICE, mac: "xyz" }, failed("invalid")],
    ])("refuses %j", async (given, answer) => {
      await site().ok("phone/add", { user: ALICE, mac: MAC });
      expect(await site().call("phone/remove", given)).toEqual(answer);
      expect(await site().sql("SELECT mac FROM {phones}")).toEqual([{ mac: MAC }]);
    });
  });

  describe("phone/set", () => {
    const set = (params: object) => site().call("phone/set", { mac: MAC, ...params });

    it("says what a phone is, and keeps a model until the vendor changes", async () => {
      await add(ALICE, MAC);
      const answers = (vendor: string, model: string | null) => ({
        ...{ response: "ok", mac: MAC, vendor, model },
      });
      expect(await set({ vendor: "Snom" })).toEqual(answers("snom", null));
      expect(await set({ vendor: "snom", model: "D785" })).toEqual(answers("snom", "D785"));
      expect(await set({ vendor: "snom" })).toEqual(answers("snom", "D785"));
      expect(await set({ vendor: "yealink" })).toEqual(answers("yealink", null));
      expect(await site().sql("SELECT mac, vendor, model FROM {phone_models}")).toEqual([
        { mac: MAC, vendor: "yealink", model: null },
      ]);
    });

    it("outlives the accounts: a phone is handed on", async () => {
      await add(ALICE, MAC);
      await site().ok("phone/set", { mac: MAC, vendor: "yealink" });
      await site().ok("phone/remove", { user: ALICE, mac: MAC });
      expect(await set({ vendor: "snom" })).toEqual(failed("nonexistant", MAC));
      await add(BOB, MAC);
      expect(await site().ok("phone/render", { mac: MAC })).toMatchObject({ vendor: "yealink" });
    });

    it.each([
      [{ vendor: "yaelink" }, failed("vendor", "yealink")],
      [{ vendor: "'; DROP TABLE users" }, failed("vendor")],
      [{ vendor: "snom", model: "../../x" }, invalid("parameters", "model")],
      [{ vendor: "snom", model: "D".repeat(33) }, invalid("parameters", "model")],
      [{ model: "D785" }, invalid("parameters", "vendor")],
      [{ mac: OTHER, vendor: "snom" }, failed("nonexistant", "phone add")],
    ])("refuses %j", async (params, answer) => {
      await add(ALICE, MAC);
      expect(await set(params)).toEqual(answer);
      expect(await site().sql("SELECT * FROM {phone_models}")).toEqual([]);
    });

    it("goes by the batch, and sees what went before", async () => {
      const requests = [
        { node: "phone/add", params: { user: ALICE, mac: MAC } },
        { node: "phone/set", params: { mac: MAC, vendor: "snom", model: "D785" } },
        { node: "phone/set", params: { mac: MAC, vendor: "snom" } },
        { node: "phone/set", params: { mac: OTHER, vendor: "snom" } },
      ];
      const answers = await site().hermes.batch(requests, { name: "test" });
      expect(answers.slice(1)).toEqual([
        { response: "ok", mac: MAC, vendor: "snom", model: "D785" },
        { response: "ok", mac: MAC, vendor: "snom", model: "D785" },
        failed("nonexistant"),
      ]);
    });
  });

  describe("phone/render", () => {
    const password = async (user: string) => {
      const answer = await site().ok("user/get", { user });
      return (answer.user as { password: string }).password;
    };

    it("has all accounts of the phone, with their passwords and the domain's servers", async () => {
      for (const user of [BOB, ALICE, CAROL]) await add(user, MAC);
      await site().ok("phone/set", { mac: MAC, vendor: "yealink", model: "T46U" });
      const answer = await site().ok("phone/render", { mac: MAC });
      expect(answer).toMatchObject({ mac: MAC, vendor: "yealink", files: [`${MAC}.cfg`] });
      const lines = String(answer.content).split("\n");
      for (const [index, user] of [ALICE, BOB, CAROL].entries()) {
        expect(lines).toContain(`account.${index + 1}.password = ${await password(user)}`);
      }
      expect(answer.content).toContain(`https://${DOMAIN}/prov`);
      const masked = await site().ok("phone/render", { mac: MAC, masked: true });
      expect(masked).not.toHaveProperty("content");
      expect(masked.masked).toBe(
        lines.map((line) => line.replace(/(\.password = ).*/, "$1********")).join("\n"),
      );
    });

    it("takes another vendor for once, and guesses one that is not set", async () => {
      await add(ALICE, OTHER);
      expect(await site().ok("phone/render", { mac: OTHER })).toMatchObject({ vendor: "polycom" });
      const snom = await site().ok("phone/render", { mac: OTHER, vendor: "snom" });
      expect(snom).toMatchObject({ vendor: "snom", files: [`${OTHER}.xml`] });
    });

    it("names each file of a phone that has several", async () => {
      await add(ALICE, MAC);
      const { files, content } = await site().ok("phone/render", { mac: MAC, vendor: "baresip" });
      expect(files).toEqual([`baresip-${MAC}/accounts`, `baresip-${MAC}/config`]);
      expect(content).toMatch(/^==> .*accounts <==\n[\s\S]*\n==> .*config <==\n/);
    });

    it.each([
      [{ mac: OTHER }, failed("nonexistant")],
      [{ mac: MAC }, failed("vendor", "phone set")],
      [{ mac: MAC, vendor: "yaelink" }, failed("vendor", "yealink")],
      [{ mac: "f00" }, failed("invalid")],
      [{}, invalid("parameters")],
      [{ mac: MAC, all: true }, invalid("parameters")],
      [{ mac: MAC, out: "/tmp" }, invalid("parameters")],
      [{ all: true }, invalid("parameters", "out")],
      [{ all: true, out: "/tmp", vendor: "snom" }, invalid("parameters")],
    ])("refuses %j", async (params, answer) => {
      await add(ALICE, MAC);
      expect(await site().call("phone/render", params)).toEqual(answer);
    });

    it("refuses an account of which no phone could be given the password", async () => {
      await add(ALICE, MAC);
      await site().sql("UPDATE {users} SET password = '' WHERE username = 'alice'");
      const answer = await site().call("phone/render", { mac: MAC, vendor: "snom" });
      expect(answer).toEqual(failed("password", "user change-pw"));
    });

    it("makes a folder hold the files of all phones, and no others", async () => {
      const out = mkdtempSync(join(tmpdir(), "hermes-served-"));
      onTestFinished(() => rmSync(out, { recursive: true }));
      const all = (options = {}) =>
        site().hermes.call("phone/render", { all: true, out }, { name: "test" }, options);
      const files = () => readdirSync(out).filter((name) => !name.startsWith("."));
      await add(ALICE, MAC);
      await add(BOB, MAC);
      await site().ok("phone/set", { mac: MAC, vendor: "yealink" });
      await add(CAROL, OTHER);

      const counts = { written: 3, unchanged: 0, removed: 0 };
      const tried = await all({ dryRun: true });
      expect(tried).toMatchObject({ ...counts, dry_run: true });
      expect(tried.changes).toContainEqual({ what: "written", file: `${MAC}.cfg` });
      expect(files()).toEqual([]);
      expect(await all()).toEqual({ response: "ok", ...counts });
      expect(await all()).toMatchObject({ written: 0, unchanged: 3 });

      await site().ok("user/update", { user: ALICE, linetext: "New" });
      await site().ok("phone/remove", { user: CAROL, mac: OTHER });
      expect(await all()).toMatchObject({ written: 1, unchanged: 0, removed: 2 });
      expect(files()).toEqual([`${MAC}.cfg`]);

      writeFileSync(join(out, `${MAC}.cfg`), "mine");
      await add(CAROL, "0a0000000001");
      expect(await all()).toMatchObject({
        ...failed("rejected", "2 phones and files"),
        problems: [
          { subject: `${MAC}.cfg`, cause: "foreign" },
          { subject: "0a0000000001", cause: "vendor" },
        ].toSorted((a, b) => a.subject.localeCompare(b.subject)),
      });
      expect(readFileSync(join(out, `${MAC}.cfg`), "utf8")).toBe("mine");
    });
  });

  it("phone/vendors lists those that can be rendered", async () => {
    const { list } = await site().ok("phone/vendors");
    expect(list).toContainEqual({
      ...{ vendor: "yealink", title: "Yealink", lines: 16, source: null },
      models: expect.arrayContaining([expect.any(String)]),
    });
    await add(ALICE, MAC);
    for (const { vendor } of list as { vendor: string }[]) {
      expect(await site().ok("phone/render", { mac: MAC, vendor })).toMatchObject({ vendor });
    }
  });

  describe("phone/resync", () => {
    it.each([
      [{ mac: MAC }, failed("norpc", "rpc =")],
      [{ user: ALICE }, failed("norpc")],
      [{ mac: OTHER }, failed("nonexistant")],
      [{ user: `nobody@${DOMAIN}` }, failed("nonexistant")],
      [{ mac: MAC, user: ALICE }, invalid("parameters")],
      [{}, invalid("parameters")],
    ])("without a way to Kamailio refuses %j", async (params, answer) => {
      await add(ALICE, MAC);
      expect(await site().call("phone/resync", params)).toEqual(answer);
    });
  });

  describe("a change of what phones are told", () => {
    it.each([
      ["user/change_pw", { password: "N3w-words" }],
      ["user/update", { linetext: "4224" }],
    ])("%s names the phones, and with resync refuses before it is done", async (node, params) => {
      for (const mac of [MAC, OTHER]) await add(ALICE, mac);
      const before = await site().snapshot();
      const resync = await site().call(node, { user: ALICE, ...params, resync: true });
      expect(resync).toEqual(failed("norpc"));
      expect(await site().snapshot()).toBe(before);
      const answer = await site().ok(node, { user: ALICE, ...params });
      expect(answer).toMatchObject({ phones: [OTHER, MAC] });
      // Bob has no phone.
      const other = await site().ok(node, { user: BOB, ...params });
      expect(other).not.toHaveProperty("phones");
    });

    it("a mail address is nothing that phones are told", async () => {
      await add(ALICE, MAC);
      const answer = await site().ok("user/update", { user: ALICE, email: "new@mail.test" });
      expect(answer).toEqual({ response: "ok", updated: ["email"], skipped: [] });
    });
  });
}
