import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { text } from "node:stream/consumers";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatDatabaseUrl } from "../../src/config/database-url";
import { openDistance } from "../support/distance";
import { bareEnvironment, hermesBin, runHermes } from "../support/hermes-process";
import { DOMAIN, useSite } from "../support/site";
import { temporaryHome } from "../support/temporary-home";
import { waitFor } from "../support/wait";

type Line = { line: number; response: { response: string; cause?: string; detail?: string } };

const answers = (stdout: string): Line[] =>
  stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const account = (n: number) =>
  JSON.stringify({
    node: "user/add_local",
    params: { user: `u${n}@${DOMAIN}`, displayname: "x".repeat(200), email: "u@example.org" },
  });
const look = JSON.stringify({ node: "domain/list" });

/** Adds and looks in turn, so that no two lines are written together. */
const requests = (count: number) =>
  Array.from({ length: count }, (_, n) => `${account(n)}\n${look}`).join("\n");

/** Accounts that the answers say were added. */
const added = (given: readonly Line[]) =>
  given.filter(({ response }) => response.response === "ok" && "user" in response).length;

describe("a batch on a disk that gets full", () => {
  let home: Awaited<ReturnType<typeof temporaryHome>>;

  beforeEach(async () => {
    home = await temporaryHome();
    mkdirSync(home.env.XDG_DATA_HOME, { recursive: true });
    const mounted = spawnSync(
      "mount",
      ["-t", "tmpfs", "-o", "size=900k", "tmpfs", home.env.XDG_DATA_HOME],
      { encoding: "utf8" },
    );
    if (mounted.status !== 0) throw new Error(`A small disk takes root: ${mounted.stderr}`);
    await runHermes(["init", "--embedded", "--domain", DOMAIN], { env: home.env });
  });
  afterEach(async () => {
    // libsql lets go of a closed file late.
    spawnSync("umount", ["-l", home.env.XDG_DATA_HOME]);
    await home.remove();
  });

  async function run(...flags: string[]) {
    const { stdout, status } = await runHermes(["batch", ...flags], {
      env: home.env,
      stdin: requests(3_000),
    });
    const database = new Database(`${home.env.XDG_DATA_HOME}/hermes/hermes.db`);
    const there = database.prepare("SELECT username FROM subscriber").all().length;
    database.close();
    return { given: answers(stdout), status, there };
  }

  test("has done what it says it did, and no more", async () => {
    const { given, status, there } = await run();
    expect(given).toHaveLength(6_000);
    expect(status).toBe(3);
    expect(there).toBe(added(given));
    expect(there).toBeLessThan(3_000);
    const lost = given.find(({ response }) => response.response !== "ok");
    expect(lost?.response).toMatchObject({
      ...{ response: "error", cause: "dbfail" },
      detail: expect.stringMatching(/Nothing was done/),
    });
  });

  test("has done nothing where it is all or nothing", async () => {
    const { given, there } = await run("--atomic");
    expect(new Set(given.map(({ response }) => response.response))).toEqual(new Set(["error"]));
    expect(there).toBe(0);
  });

  test("has done nothing on a trial", async () => {
    const { there } = await run("--atomic", "--dry-run");
    expect(there).toBe(0);
  });
});

describe("a batch whose connection is lost", () => {
  const site = useSite("v7");

  test("is not taken for a refused line: nothing is done, and every line says why", async () => {
    const { kamailio, provisioning } = site().config;
    if (kamailio.kind !== "mysql" || provisioning.kind !== "mysql") throw new Error("No server");
    const distance = await openDistance(kamailio.port);
    const through = (location: typeof kamailio) =>
      formatDatabaseUrl({ ...location, host: "127.0.0.1", port: distance.port }, true);
    const child = spawn(process.execPath, [hermesBin, "batch", "--atomic"], {
      env: bareEnvironment({
        ...site().env,
        HERMES_KAMAILIO_URL: through(kamailio),
        HERMES_PROVISIONING_URL: through(provisioning),
      }),
    });
    const ended = Promise.all([text(child.stdout), once(child, "close")]);
    child.stdin.end(requests(2_000));
    await waitFor("work under way", () => distance.roundTrips > 500, { interval: 2 });
    await distance.close();
    const [stdout] = await ended;
    const given = answers(stdout);
    expect(given).toHaveLength(4_000);
    for (const { response } of given) {
      expect(response).toMatchObject({
        ...{ response: "error", cause: "dbfail" },
        detail: expect.stringMatching(/was lost.*Nothing was done/),
      });
    }
    expect(await site().sql("SELECT 1 FROM {subscriber}")).toEqual([]);
  });
});
