import { describe, expect, test } from "vitest";
import { main } from "../../src/cli/main";
import type { Finding } from "../../src/doctor/finding";
import { digestSecrets } from "../../src/model/digest";
import type { Envelope } from "../../src/model/envelope";
import { fakeIo } from "../cli/output/fake-io";
import { BARE_DOMAIN, DOMAIN, type Shape, type Site, useSite } from "../support/site";

describe.each<Shape>(["embedded", "v7"])("hermes doctor on %s", (shape) => {
  const site = useSite(shape);

  async function hermes(...args: string[]): Promise<Envelope & { status: number; err: string }> {
    const io = fakeIo({ env: site().env });
    const status = await main(["doctor", ...args, "--json"], io);
    return { ...(JSON.parse(io.out()) as Envelope), status, err: io.err() };
  }

  /** Findings as `check subject`, but for the domain that has no servers by intention. */
  const found = ({ findings }: Envelope) =>
    (findings as Finding[])
      .filter(({ subject }) => subject !== BARE_DOMAIN)
      .map(({ check, subject }) => `${check} ${subject}`)
      .sort();

  const account = (name: string) =>
    site().ok("user/add_local", {
      user: `${name}@${DOMAIN}`,
      displayname: name,
      email: "a@mail.test",
    });
  const subscriber = (name: string, password: string, hashed = password, domain = DOMAIN) => {
    const { ha1, ha1b } = digestSecrets({ username: name, domain }, hashed);
    return site().sql(
      "INSERT INTO {subscriber} (username, domain, password, ha1, ha1b) VALUES (?, ?, ?, ?, ?)",
      [name, domain, password, ha1, ha1b],
    );
  };
  const alias = (name: string, destination: string) =>
    site().sql(
      "INSERT INTO {dbaliases} (alias_username, alias_domain, username, domain) VALUES (?, ?, ?, ?)",
      [name, DOMAIN, ...destination.split("@")],
    );
  const set = (text: string, ...values: unknown[]) => site().sql(text, values);

  test("has nothing to say where all is well", async () => {
    await site().sql("DELETE FROM {domain} WHERE domain = ?", [BARE_DOMAIN]);
    await account("alice");
    await site().ok("user/add_remote", {
      ...{ user: "bob@provider.example", password: "x", displayname: "Bob" },
      registrar: "sip.provider.example",
    });
    await site().ok("alias/add", { alias: `4224@${DOMAIN}`, destination: `alice@${DOMAIN}` });
    await site().ok("phone/add", { user: "bob@provider.example", mac: "f00ba2ba5c00" });
    await site().ok("numbers/add", { number: "+4712345000" });
    expect(await hermes()).toEqual({ response: "ok", findings: [], status: 0, err: "" });
    const io = fakeIo({ env: site().env });
    expect([await main(["doctor"], io), io.out()]).toEqual([0, "All well: 20 checks\n"]);
  });

  test("has nothing to say of a disabled account, and mends none of its secrets", async () => {
    await site().sql("DELETE FROM {domain} WHERE domain = ?", [BARE_DOMAIN]);
    await account("alice");
    await site().ok("user/disable", { user: `alice@${DOMAIN}` });
    const before = await site().snapshot();
    expect(await hermes("--fix", "--yes")).toMatchObject({ response: "ok", findings: [] });
    expect(await site().snapshot()).toBe(before);
  });

  test("names each thing that is not as it should be, and changes nothing", async () => {
    await spoil(site());
    const before = await site().snapshot();
    const answer = await hermes();
    expect(answer).toMatchObject({ response: "failed", cause: "findings", status: 1 });
    expect(found(answer)).toEqual(SPOILED.toSorted());
    const findings = answer.findings as Finding[];
    for (const finding of findings) {
      expect(Object.keys(finding)).toEqual(["check", "severity", "subject", "detail", "fix"]);
      expect(finding.detail).toMatch(/\.$/);
      expect(finding.fix).not.toBe("");
    }
    expect(await site().snapshot()).toBe(before);
  });

  test("--fix mends what is safe, once it is told to, and leaves the rest", async () => {
    await spoil(site());
    const before = await site().snapshot();
    const refused = await hermes("--fix", "--no-input");
    expect(refused).toMatchObject({ status: 1, fixed: [] });
    expect(refused.err).toContain("Remove phones of accounts that are gone");
    expect(await site().snapshot()).toBe(before);

    const mended = await hermes("--fix", "--yes");
    expect(mended).toMatchObject({
      status: 1,
      fixed: [
        { check: "servers", mended: 1 },
        { check: "provisioning", mended: 3 },
        { check: "passwords", mended: 3 },
        { check: "duplicates", mended: 1 },
        { check: "phones", mended: 1 },
        { check: "numbers", mended: 1 },
      ],
    });
    expect(found(mended)).toEqual([
      `aliases nowhere@${DOMAIN}`,
      `duplicates torn@${DOMAIN}`,
      `locations stale@${DOMAIN}`,
      `passwords neither@${DOMAIN}`,
      `subscribers ghost@${DOMAIN}`,
    ]);
    expect(await site().ok("user/get", { user: `kam@${DOMAIN}` })).toMatchObject({
      user: { password: "kam-pw", displayname: "kam", registrar: `sip.${DOMAIN}` },
    });
    const changed = digestSecrets({ username: "plain", domain: DOMAIN }, "new-pw");
    expect(await site().ok("user/get", { user: `plain@${DOMAIN}` })).toMatchObject({
      user: { password: "new-pw", ...changed },
    });
    const [users] = await site().sql("SELECT password FROM {users} WHERE username = 'plain'");
    expect(users?.password).toBe("new-pw");
    expect(await hermes("--fix", "--yes")).toMatchObject({ fixed: [] });
  });

  test("keeps nothing of a mending that fails", async () => {
    await spoil(site());
    const before = await site().snapshot();
    await site().refuse("DELETE", "numbers");
    expect(await hermes("--fix", "--yes")).toMatchObject({ response: "failed", cause: "dbfail" });
    expect(await site().snapshot()).toBe(before);
  });

  test("shows the first of many, and their number", async () => {
    for (let n = 0; n < 30; n++) await subscriber(`u${n}`, "pw");
    const answer = await hermes();
    const findings = (answer.findings as Finding[]).filter(({ check }) => check === "provisioning");
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)).toMatchObject({ subject: "10 more" });
    expect(answer.counts).toMatchObject({ provisioning: 30 });
  });

  test("says so where Kamailio's tables are of an unknown version", async () => {
    const { kamailio } = site().config;
    const table = kamailio.kind === "mysql" ? `${kamailio.database}.version` : "version";
    await set(`UPDATE ${table} SET table_version = 42 WHERE table_name = 'subscriber'`);
    try {
      expect(found(await hermes())).toEqual(["versions subscriber"]);
    } finally {
      await set(`UPDATE ${table} SET table_version = 7 WHERE table_name = 'subscriber'`);
    }
  });

  test("prints people a table with a fix for each", async () => {
    await alias("nowhere", `gone@${DOMAIN}`);
    const io = fakeIo({ env: site().env });
    expect(await main(["doctor"], io)).toBe(1);
    expect(io.out()).toContain(`hermes alias remove nowhere@${DOMAIN}`);
    expect(io.err()).toContain("[failed/findings]");
  });

  async function spoil({ kind, sql }: Site) {
    await account("alice");
    await subscriber("kam", "kam-pw");
    await subscriber("hashed", "", "unknown");
    await subscriber("bare", "pw", "pw", BARE_DOMAIN);
    await account("ghost");
    await set("DELETE FROM {subscriber} WHERE username = 'ghost'");
    await account("plain");
    await set("UPDATE {subscriber} SET password = 'new-pw' WHERE username = 'plain'");
    await set("UPDATE {users} SET password = 'new-pw' WHERE username = 'plain'");
    await account("apart");
    await set("UPDATE {users} SET password = 'stale' WHERE username = 'apart'");
    await account("digest");
    await set("UPDATE {subscriber} SET ha1b = 'x' WHERE username = 'digest'");
    await account("neither");
    await set("UPDATE {users} SET password = 'one' WHERE username = 'neither'");
    await set("UPDATE {subscriber} SET password = 'two' WHERE username = 'neither'");
    await alias("nowhere", `gone@${DOMAIN}`);
    await alias("abroad", "someone@provider.example");
    for (let n = 0; n < 3; n++) await alias("again", `alice@${DOMAIN}`);
    await alias("torn", `alice@${DOMAIN}`);
    await alias("torn", `kam@${DOMAIN}`);
    await alias("+4712345000", `alice@${DOMAIN}`);
    await set("INSERT INTO {numbers} (number) VALUES ('+4712345000'), ('+4712345001')");
    await set(
      "INSERT INTO {phones} (mac, username, domain) VALUES ('f00ba2ba5c00', 'gone', ?)",
      DOMAIN,
    );
    const location = "INSERT INTO {location} (ruid, username, domain, contact, expires) VALUES";
    const times =
      kind === "mysql"
        ? ["2020-01-01 00:00:00", "2099-01-01 00:00:00", "1970-01-01 01:00:00"]
        : [2458849.5, 2487704.5, 2440587.499994212];
    for (const [index, user] of ["stale", "alice", "permanent"].entries()) {
      await sql(`${location} (?, ?, ?, 'sip:x', ?)`, [`r${index}`, user, DOMAIN, times[index]]);
    }
  }

  const SPOILED = [
    `provisioning kam@${DOMAIN}`,
    `provisioning hashed@${DOMAIN}`,
    `provisioning bare@${BARE_DOMAIN}`,
    `subscribers ghost@${DOMAIN}`,
    `passwords plain@${DOMAIN}`,
    `passwords apart@${DOMAIN}`,
    `passwords digest@${DOMAIN}`,
    `passwords neither@${DOMAIN}`,
    `aliases nowhere@${DOMAIN}`,
    `duplicates again@${DOMAIN}`,
    `duplicates torn@${DOMAIN}`,
    "phones f00ba2ba5c00",
    "numbers +4712345000",
    `locations stale@${DOMAIN}`,
  ];
});
