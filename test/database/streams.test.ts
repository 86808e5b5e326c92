import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bareEnvironment, hermesBin } from "../support/hermes-process";
import type { OwnServer } from "../support/mariadb";
import { type OwnSite, startOwnSite } from "../support/own-site";
import { DOMAIN } from "../support/site";

/** Rows of each kind: far more than stands in any pipe or buffer. */
const ROWS = 150_000;

/** Every command that gives rows as they come, and how many lines are all of them. */
const STREAMS: readonly (readonly [command: string, lines: number])[] = [
  ["user list --output ndjson", ROWS],
  ["user export", ROWS + 1],
  ["user export --format ndjson", ROWS],
  ["alias list --output ndjson", ROWS],
  ["alias export", ROWS + 1],
  ["phone list --output ndjson", ROWS],
  ["phone export", ROWS + 1],
  ["numbers list --output ndjson", ROWS],
  ["numbers list --search +4712*", ROWS],
  ["numbers export", ROWS],
];

/** Seconds in which whatever happens must be over: silence that is noticed, and a busy machine. */
const BOUND = 60;

let site: OwnSite;
let server: OwnServer;
let env: Record<string, string>;

beforeAll(async () => {
  site = await startOwnSite(2);
  ({ server, env } = site);
  const { kamailio, provisioning } = site.databases;
  const name = "CONCAT('u', 1000000 + seq)";
  const fill: readonly (readonly [table: string, values: string])[] = [
    ["subscriber (username, domain, ha1)", `${name}, '${DOMAIN}', MD5(seq)`],
    [
      "dbaliases (alias_username, alias_domain, username, domain)",
      `CONCAT('a', seq), '${DOMAIN}', ${name}, '${DOMAIN}'`,
    ],
  ];
  const own: typeof fill = [
    [
      "users (username, domain, password, authid, registrar, r_port, proxy, p_port)",
      `${name}, '${DOMAIN}', 'p', 'a', 'r', 5060, 'p', 5060`,
    ],
    ["phones (mac, username, domain)", `LPAD(HEX(seq), 12, '0'), ${name}, '${DOMAIN}'`],
    ["numbers (number)", "CONCAT('+47', 12000000 + seq)"],
  ];
  for (const [schema, tables] of [
    [kamailio, fill],
    [provisioning, own],
  ] as const) {
    for (const [table, values] of tables) {
      await server.query(
        `INSERT INTO ${schema}.${table} SELECT ${values} FROM mysql.seq_1_to_${ROWS}`,
      );
    }
  }
}, 120_000);
afterAll(() => site?.stop());

interface Stream {
  readonly command: string;
  readonly lines: number;
  /** Reads all that comes and answers how it ended. */
  rest(): Promise<{ status: number | "hangs"; lines: number; complaint: string }>;
}

/** Starts a command, and waits until its first rows are there; nobody reads them. */
async function begun([command, lines]: (typeof STREAMS)[number]): Promise<Stream> {
  const child = spawn(process.execPath, [hermesBin, ...command.split(" ")], {
    env: bareEnvironment(env),
  });
  let [complaint, seen] = ["", 0];
  child.stderr.on("data", (data: Buffer) => {
    complaint += data;
  });
  const closed = once(child, "close").then(([code]) => code as number);
  await Promise.race([once(child.stdout, "readable"), closed]);
  return {
    ...{ command, lines },
    async rest() {
      child.stdout.on("data", (data: Buffer) => {
        seen += data.toString().split("\n").length - 1;
      });
      const status = await within(child, closed);
      return { status, lines: seen, complaint };
    },
  };
}

async function within(child: ChildProcess, closed: Promise<number>) {
  const late = new AbortController();
  const status = await Promise.race([
    closed,
    sleep(BOUND * 1000, "hangs" as const, { signal: late.signal }),
  ]);
  late.abort();
  child.kill("SIGKILL");
  await closed;
  return status;
}

/** Reports that look at everything; they have nothing to say before their end. */
const REPORTS = ["doctor --json", "stats --json", "numbers usage --json"];

function startReport(command: string): Promise<number | "hangs"> {
  const child = spawn(process.execPath, [hermesBin, ...command.split(" ")], {
    env: bareEnvironment(env),
    stdio: "ignore",
  });
  return within(
    child,
    once(child, "close").then(([code]) => code as number),
  );
}

// The order counts: the last one leaves no server.
describe("every command that gives rows as they come", { timeout: 240_000 }, () => {
  it("gives all of them to a reader who pauses for longer than the server waits", async () => {
    await server.query("SET GLOBAL net_write_timeout = 1");
    const streams = await Promise.all(STREAMS.map(begun));
    await sleep(3_000);
    const ends = await Promise.all(streams.map((stream) => stream.rest()));
    await server.query("SET GLOBAL net_write_timeout = 60");
    const got = ends.map(({ status, lines }, index) => [streams[index]?.command, status, lines]);
    expect(got).toEqual(STREAMS.map(([command, lines]) => [command, 0, lines]));
    console.info(`${ends.length} streams whose reader pauses: all complete`);
  });

  it.each([
    { what: "freezes", signal: "SIGSTOP", words: /has said nothing|no answer within/ },
    { what: "is killed", signal: "SIGKILL", words: /lost|Can't reach/ },
  ] as const)("ends with an error where its server $what", async ({ what, signal, words }) => {
    const streams = await Promise.all(STREAMS.map(begun));
    const reports = REPORTS.map(startReport);
    await sleep(500);
    server.signal(signal);
    const ends = await Promise.all(streams.map((stream) => stream.rest()));
    const reported = await Promise.all(reports);
    server.signal("SIGCONT");
    const ended = ends.map(({ status, lines, complaint }, index) => {
      const { command, lines: all } = streams[index] as Stream;
      if (status === 3 && words.test(complaint) && lines < all) return "error";
      // The rest stood in the pipe by then.
      if (status === 0 && lines === all) return "rest";
      return `${command}: ${status} after ${lines} of ${all} lines, ${complaint}`;
    });
    const errors = ended.filter((end) => end === "error").length;
    console.info(
      `${ended.length} streams whose server ${what}: ${errors} end with an error, the others with the rest; reports with ${reported}`,
    );
    expect(ended.filter((end) => end !== "error" && end !== "rest")).toEqual([]);
    expect(errors).toBeGreaterThan(STREAMS.length / 2);
    for (const status of reported) expect(status).toBeOneOf([0, 1, 3]);
  });
});
