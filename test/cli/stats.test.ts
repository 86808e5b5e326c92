import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { ALICE, addAlice, addBob, addCarol } from "../nodes/cases/people";
import { refused } from "../support/answers";
import { runHermes, runJson } from "../support/hermes-process";
import { DOMAIN, type Shape, useSite } from "../support/site";

const NOTHING = {
  accounts: { local: 0, remote: 0, disabled: 0, registered: 0 },
  numbers: { free: 0, assigned: 0, reserved: 0, quarantined: 0 },
  aliases: 0,
  phones: 0,
  operators: 0,
};
const HOUR = 3600;

describe.each<Shape>(["embedded", "v7", "v6"])("hermes stats, %s", (shape) => {
  const site = useSite(shape);
  const stats = () => runJson(["stats"], { env: site().env });
  const prometheus = () => runHermes(["stats", "--prometheus"], { env: site().env });

  /** Some of everything. */
  async function fill() {
    await addAlice(site());
    await addBob(site());
    await addCarol(site());
    await site().ok("numbers/add_range", { start: "+4712345000", end: "+4712345099" });
    await site().ok("alias/add", { alias: `4224@${DOMAIN}`, destination: ALICE });
    await site().ok("alias/add", { alias: `+4798765432@${DOMAIN}`, destination: ALICE });
    // In another domain the same number, as an account's name another, and what is no number.
    for (const alias of ["+4798765432", "+47abc", "+0123456"]) {
      await site().sql(
        "INSERT INTO {dbaliases} (alias_username, alias_domain, username, domain) VALUES (?, 'b.example', 'bob', ?)",
        [alias, DOMAIN],
      );
    }
    await site().ok("user/add_local", {
      user: `+4723456789@${DOMAIN}`,
      displayname: "Reception",
      email: "reception@mail.test",
    });
    for (const [user, mac] of [
      [ALICE, "f00ba2ba5c00"],
      [`bob@${DOMAIN}`, "f00ba2ba5c00"],
      [ALICE, "f00ba2ba5c01"],
    ]) {
      await site().ok("phone/add", { user, mac });
    }
    await site().ok("auth/add_user", { username: "boss", generate: true });
  }

  it("counts nothing where nothing is", async () => {
    expect(await stats()).toMatchObject({ status: 0, envelope: { response: "ok", ...NOTHING } });
  });

  it("counts accounts, numbers, aliases, phones and operators, each once", async () => {
    await fill();
    expect((await stats()).envelope).toEqual({
      response: "ok",
      accounts: { local: 3, remote: 1, disabled: 0, registered: 0 },
      numbers: { free: 100, assigned: 2, reserved: 0, quarantined: 0 },
      aliases: 5,
      phones: 2,
      operators: 1,
    });
  });

  it("counts what is disabled, reserved and resting; what rested long enough is free", async () => {
    await fill();
    await site().ok("user/disable", { user: ALICE });
    await site().ok("numbers/reserve", { number: "+4712345000", note: "the boss" });
    await site().ok("numbers/assign", { number: "+4712345001", user: `+4723456789@${DOMAIN}` });
    await site().ok("numbers/release", { number: "+4712345001", quarantine: "90d" });
    const counted = async () => (await stats()).envelope;
    expect(await counted()).toMatchObject({
      accounts: { local: 3, disabled: 1 },
      numbers: { free: 98, assigned: 2, reserved: 1, quarantined: 1 },
    });
    await site().sql("UPDATE {held_numbers} SET until = 1 WHERE state = 'quarantined'");
    expect(await counted()).toMatchObject({
      numbers: { free: 99, assigned: 2, reserved: 1, quarantined: 0 },
    });
  });

  it("counts an account as registered once, and while it holds", async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const [contact, username, expires] of [
      ["a", "alice", now + HOUR],
      ["b", "alice", now + 2 * HOUR],
      ["c", "bob", now - HOUR],
      ["d", "gateway", 0],
    ] as const) {
      await site().sql(
        "INSERT INTO {location} (ruid, username, domain, contact, expires) VALUES (?, ?, ?, ?, ?)",
        [contact, username, DOMAIN, contact, stored(expires)],
      );
    }
    expect((await stats()).envelope).toMatchObject({ accounts: { registered: 2 } });
  });

  it("is shown to people", async () => {
    await fill();
    const { status, stdout } = await runHermes(["stats"], { env: site().env });
    expect(status).toBe(0);
    expect(stdout).toMatch(/free +100\n/);
  });

  it("is Prometheus text that promtool finds nothing wrong with", async () => {
    await fill();
    const { status, stdout } = await prometheus();
    expect(status).toBe(0);
    for (const line of [
      'hermes_accounts{kind="local"} 3',
      'hermes_accounts{kind="remote"} 1',
      "hermes_accounts_disabled 0",
      "hermes_accounts_registered 0",
      'hermes_numbers{state="free"} 100',
      'hermes_numbers{state="assigned"} 2',
      "hermes_aliases 5",
      "hermes_phones 2",
      "hermes_operators 1",
    ]) {
      expect(stdout.split("\n")).toContain(line);
    }
    const lint = spawnSync("promtool", ["check", "metrics"], { input: stdout, encoding: "utf8" });
    expect([lint.status, lint.stdout, lint.stderr]).toEqual([0, "", ""]);
    const json = await runJson(["stats", "--prometheus"], { env: site().env });
    expect(json.envelope).toEqual({ response: "ok", content: stdout });
  });

  it("writes nothing where it can't count, for a collector to take", async () => {
    const env = { ...site().env, HERMES_KAMAILIO_URL: "mysql://u:p@127.0.0.1:1/kamailio" };
    const { status, stdout } = await runHermes(["stats", "--prometheus"], {
      env: { ...env, HERMES_PROVISIONING_URL: "mysql://u:p@127.0.0.1:1/hermes" },
    });
    expect([status, stdout]).toEqual([3, ""]);
  });

  it("refuses what it does not know", async () => {
    const { status, envelope } = await runJson(["stats", "--promotheus"], { env: site().env });
    expect([status, envelope]).toEqual([2, refused("invalid", "parameters", "--prometheus")]);
  });

  /** A time as Kamailio's own modules write it: a Julian day, or local time. */
  function stored(seconds: number): number | string {
    if (site().kind === "sqlite") return seconds / 86400 + 2440587.5 - 0.5 / 86400;
    const at = new Date(seconds * 1000);
    const two = (value: number) => String(value).padStart(2, "0");
    const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
    return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":")}`;
  }
});
