import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALICE, addAlice } from "../nodes/cases/people";
import { runHermes, runJson } from "../support/hermes-process";
import { type Site, startSite } from "../support/site";

const MAC = "02a11ce00001";

describe("hermes phone render", () => {
  let site: Site;
  let password: string;
  const run = (...args: string[]) => runHermes(["phone", "render", ...args], { env: site.env });

  beforeAll(async () => {
    site = await startSite("embedded");
    await site.reset();
    await addAlice(site);
    await site.ok("phone/add", { user: ALICE, mac: MAC });
    await site.ok("phone/set", { mac: MAC, vendor: "yealink" });
    const [row] = await site.sql("SELECT password FROM {users}");
    password = String(row?.password);
  });
  afterAll(() => site.stop());

  it("prints the configuration, its passwords masked, and says so on stderr", async () => {
    const { status, stdout, stderr } = await run(MAC);
    expect(status).toBe(0);
    expect(stdout).toContain("account.1.password = ********\n");
    expect(stdout).not.toContain(password);
    expect(stderr).toContain("--show-secrets");
  });

  it("prints it as a phone takes it with --show-secrets", async () => {
    const { stdout, stderr } = await run(MAC, "--show-secrets");
    const { content } = await site.ok("phone/render", { mac: MAC });
    expect(stdout).toBe(content);
    expect(stdout).toContain(password);
    expect(stderr).toBe("");
  });

  it("answers an envelope with --json", async () => {
    const { envelope } = await runJson(["phone", "render", MAC], { env: site.env });
    expect(envelope).toEqual(await site.ok("phone/render", { mac: MAC }));
  });

  it.each([
    [["02a11ce00002"], 1, "phone add"],
    [["02a1"], 1, "MAC"],
    [[], 2, "--all"],
    [["--all"], 2, "--out"],
  ])("refuses %j", async (args, status, detail) => {
    const refused = await run(...args);
    expect(refused).toMatchObject({ status, stdout: "" });
    expect(refused.stderr).toContain(detail);
  });
});
