import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load";
import { type Hermes, openHermes } from "../../src/hermes";
import { type Crew, gatherCrew } from "../races/crew";
import { runJson } from "../support/hermes-process";
import { DOMAIN } from "../support/site";
import { waitFor } from "../support/wait";
import {
  accountRows,
  type ClusterSite,
  done,
  keepWriting,
  LONG,
  startClusterSite,
} from "./cluster-site";

const BATCH = LONG ? 3_000 : 300;
const IMPORT = LONG ? 50_000 : 6_000;
const RANGE = LONG ? 10_000_000 : 200_000;
const WORKERS_A_NODE = LONG ? 17 : 3;
const ASSIGNED = LONG ? 600 : 54;
/** Accounts of an import whose node is lost. */
const SHAKEN = LONG ? 50_000 : 8_000;

/** Milliseconds that a write on another node may wait for a range of numbers. */
const LONGEST_WAIT = 3_000;

/** Three nodes, and writers on all of them. */
describe("on a Galera cluster", { timeout: LONG ? 1_800_000 : 120_000 }, () => {
  let site: ClusterSite;
  let third: Hermes;
  beforeAll(async () => {
    site = await startClusterSite();
    const config = await loadConfig(site.env(2));
    // Who needs the same lock waits for a long write to its end, however busy the machine is.
    third = openHermes({ ...config, database: { ...config.database, lockTimeout: 300 } });
    await third.call("user/add_local", {
      user: `beside@${DOMAIN}`,
      displayname: "B",
      email: "b@m.test",
    });
  }, 180_000);
  afterAll(async () => {
    await third?.close();
    await site?.stop();
  });

  /** An account's change of address, again and again, on the third node. */
  const changesBeside = () =>
    keepWriting(async (count) => {
      const email = `b${count}@mail.test`;
      const answer = await third.call("user/change_email", { user: `beside@${DOMAIN}`, email });
      return answer.response === "ok" ? undefined : JSON.stringify(answer);
    });

  it("an import is done beside a writer on another node, and read there at once", async () => {
    const writer = changesBeside();
    const rows = accountRows("i", IMPORT);
    const answer = await done(["user", "import"], { env: site.env(0, 1, 2), stdin: rows });
    const { written, failures, longest } = await writer.end();
    console.info(`import of ${IMPORT}: ${written} writes beside it, longest wait ${longest} ms`);
    expect(answer).toMatchObject({ added: IMPORT, rejected: 0 });
    expect(failures).toEqual([]);
    const last = { user: `i${IMPORT - 1}@${DOMAIN}` };
    expect(await third.call("user/get", last)).toMatchObject({ response: "ok" });
  });

  it("an atomic batch is done beside a writer on another node", async () => {
    const writer = changesBeside();
    const lines = Array.from({ length: BATCH }, (_, index) =>
      JSON.stringify({
        node: "user/add_local",
        params: { user: `b${index}@${DOMAIN}`, displayname: "B", email: "b@mail.test" },
      }),
    );
    const first = openHermes(await loadConfig(site.env(0, 1, 2)));
    const requests = lines.map((line) => JSON.parse(line));
    const answers = await first.batch(requests, { name: "test" }, { atomic: true });
    await first.close();
    const { written, failures, longest } = await writer.end();
    console.info(`batch of ${BATCH}: ${written} writes beside it, longest wait ${longest} ms`);
    expect(answers.filter(({ response }) => response !== "ok")).toEqual([]);
    expect(failures).toEqual([]);
  });

  it("a range of numbers holds up no write on another node", async () => {
    const [, second] = site.cluster.nodes;
    await second.query("USE ??", [site.kamailio]);
    const registers = keepWriting(async (count) => {
      const values = [`r${count % 50}`, "alice", "sip:alice@192.0.2.1"];
      await second.query("REPLACE INTO location (ruid, username, contact) VALUES (?)", [values]);
      return undefined;
    });
    const changes = changesBeside();
    const range = ["+4712000000", `+47${12_000_000 + RANGE - 1}`];
    const answer = await done(["numbers", "add-range", ...range, "--yes"], { env: site.env(0) });
    expect(answer).toMatchObject({ added: RANGE });
    for (const [what, writer] of [
      ["registrations", registers],
      ["changes of an account", changes],
    ] as const) {
      const { written, failures, longest } = await writer.end();
      console.info(`range of ${RANGE}: ${written} ${what} beside it, longest wait ${longest} ms`);
      expect(failures).toEqual([]);
      expect(written).toBeGreaterThan(1);
      expect(longest).toBeLessThan(LONGEST_WAIT);
    }
  });

  it("numbers are assigned through all nodes at once, and none twice", async () => {
    const crews: Crew[] = [];
    for (const node of [0, 1, 2]) crews.push(await gatherCrew(WORKERS_A_NODE, site.env(node)));
    const failures: string[] = [];
    let assigned = 0;
    for (let next = 0; assigned < ASSIGNED; ) {
      const rounds = crews.map((crew) => {
        const batches = Array.from({ length: WORKERS_A_NODE }, () => [
          { node: "numbers/assign", params: { random: true, user: `i${next++}@${DOMAIN}` } },
        ]);
        return crew.round(batches);
      });
      for (const [answer] of (await Promise.all(rounds)).flat()) {
        if (answer?.response === "ok") assigned++;
        else failures.push(JSON.stringify(answer));
      }
      if (failures.length > 0) break;
    }
    for (const crew of crews) await crew.dismiss();
    console.info(`${assigned} assignments by ${3 * WORKERS_A_NODE} processes on three nodes`);
    expect(failures).toEqual([]);
    for (const node of site.cluster.nodes) {
      const [row] = await node.query<{ n: number; different: number }>(
        "SELECT COUNT(*) AS n, COUNT(DISTINCT alias_username) AS different FROM ??.dbaliases",
        [site.kamailio],
      );
      expect(row).toEqual({ n: assigned, different: assigned });
    }
  });

  describe("that loses nodes", () => {
    it("an import whose node is killed is done through the next one, from standard input too", () =>
      shaken(site, "SIGKILL"));

    it("an import whose cluster has no majority left does nothing and says so in time", async () => {
      const begun = Date.now();
      await site.beingPatient(5);
      const importing = startImport(site, "k", SHAKEN, [1, 2]);
      await importing.isUnderWay(1);
      site.cluster.nodes[1].signal("SIGKILL");
      const { status, envelope } = await importing.ended;
      console.info(`no majority left in mid-import: refused after ${seconds(begun)} s`);
      // The node says that it is not ready, or ends the connection, or its lock is a dead node's.
      expect(status).toBeOneOf([1, 3]);
      expect(envelope).toMatchObject({
        cause: "dbfail",
        detail: expect.stringMatching(/Nothing was done/),
      });
      await site.cluster.nodes[2].query("SET SESSION wsrep_dirty_reads = 1");
      expect(await site.accounts(2, "k")).toBe(0);
    });
  });
});

// What takes half a minute and a cluster of its own is played in the long form.
if (LONG) {
  describe("on a Galera cluster whose nodes freeze", { timeout: 300_000 }, () => {
    let site: ClusterSite;
    beforeAll(async () => {
      site = await startClusterSite();
    }, 180_000);
    afterAll(() => site?.stop());

    it("an import is done through the next node", () => shaken(site, "SIGSTOP"));

    it("an import through that node alone does nothing and says so in time", async () => {
      const begun = Date.now();
      const importing = startImport(site, "l", SHAKEN, [1]);
      await importing.isUnderWay(1);
      site.cluster.nodes[1].signal("SIGSTOP");
      const { status, envelope } = await importing.ended;
      console.info(`the only node frozen in mid-import: refused after ${seconds(begun)} s`);
      expect({ status, envelope }).toMatchObject({
        status: 3,
        envelope: { cause: "dbfail", detail: expect.stringMatching(/Nothing was done/) },
      });
    });
  });
}

/** An import whose node is lost in the middle of it. */
async function shaken(site: ClusterSite, signal: "SIGKILL" | "SIGSTOP"): Promise<void> {
  const begun = Date.now();
  const importing = startImport(site, "s", SHAKEN, [0, 1, 2]);
  await importing.isUnderWay(0);
  site.cluster.nodes[0].signal(signal);
  const { status, envelope } = await importing.ended;
  console.info(`a node lost in mid-import (${signal}): done after ${seconds(begun)} s`);
  expect({ status, envelope }).toMatchObject({ status: 0, envelope: { added: SHAKEN } });
  for (const node of [1, 2]) expect(await site.accounts(node, "s")).toBe(SHAKEN);
  expect(await again(site)).toMatchObject({ added: 0, skipped: SHAKEN });
}

/** A second run, as of a cron job. */
const again = (site: ClusterSite) =>
  done(["user", "import", "--if-exists", "skip"], {
    env: site.env(0, 1, 2),
    stdin: accountRows("s", SHAKEN),
  });

const seconds = (begun: number) => Math.round((Date.now() - begun) / 1000);

/** Starts an import of so many accounts from standard input, through these nodes. */
function startImport(site: ClusterSite, name: string, count: number, nodes: readonly number[]) {
  const env = site.env(...nodes);
  const ended = runJson(["user", "import"], { env, stdin: accountRows(name, count) });
  return {
    ended,
    isUnderWay: (node: number) =>
      waitFor("the import's first rows", async () => {
        return (await site.accounts(node, name, "READ UNCOMMITTED")) > 500;
      }),
  };
}
