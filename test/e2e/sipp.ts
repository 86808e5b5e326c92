import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../support/free-port.js";
import { waitFor } from "../support/wait.js";
import { parseTrace, type SipMessage } from "./sip-trace.js";

/** What a phone does with calls: answers, has its line taken, or rings until the caller gives up. */
export type Manner = "answer" | "busy" | "ring";

type Scenario = "register" | "call" | "notify" | Manner;

/** What one scenario may take, far above what one needs on a busy machine. */
const patience = 8_000;

export interface SippRun {
  scenario: Scenario;
  /** Left out, a free one. */
  localPort?: number;
  /** Where it sends to; an answering scenario sends nowhere. */
  remotePort: number;
  /** Digest user and password. */
  credentials?: { user: string; password: string };
  /** Values for the [keywords] in the scenario. */
  keys: Record<string, string>;
}

/** Plays a scenario once and returns what went over the wire, however it ended. */
export async function playScenario(run: SippRun): Promise<SipMessage[]> {
  const { scenario, localPort, remotePort, credentials, keys } = run;
  return play(patience, (folder, timeout) =>
    spawnSipp(folder, scenarioFile(scenario), localPort, [
      `127.0.0.1:${remotePort}`,
      ...["-m", "1"],
      ...timeout,
      ...(credentials ? ["-au", credentials.user, "-ap", credentials.password] : []),
      ...Object.entries(keys).flatMap(([key, value]) => ["-key", key, value]),
    ]),
  );
}

/**
 * Plays a scenario for many runs in one SIPp, several at a time, and returns what went over the
 * wire. Each has its own credentials and the same keys; SIPp counts them in their Call-IDs, from 1.
 */
export async function playMany(
  scenario: Scenario,
  remotePort: number,
  runs: readonly Required<Pick<SippRun, "credentials" | "keys">>[],
): Promise<SipMessage[]> {
  const keys = Object.keys(runs[0]?.keys ?? {});
  return play(5 * patience, async (folder, timeout) => {
    // SIPp takes what differs from run to run out of a file, by column.
    const columns = [...keys, "authentication"];
    const xml = columns.reduce(
      (text, key, column) => text.replaceAll(`[${key}]`, `[field${column}]`),
      await readFile(scenarioFile(scenario), "utf8"),
    );
    const rows = runs.map(({ credentials: { user, password }, keys: values }) =>
      [
        ...keys.map((key) => values[key]),
        `[authentication username=${user} password=${password}]`,
      ].join(";"),
    );
    await writeFile(join(folder, "scenario.xml"), xml);
    await writeFile(join(folder, "runs.csv"), ["SEQUENTIAL", ...rows, ""].join("\n"));
    return spawnSipp(folder, join(folder, "scenario.xml"), undefined, [
      `127.0.0.1:${remotePort}`,
      ...["-m", String(runs.length), "-r", "100", "-l", "20"],
      ...timeout,
      ...["-inf", join(folder, "runs.csv")],
    ]);
  });
}

/** Runs a SIPp until it ends, or is ended; it gives up by itself before. */
async function play(
  patience: number,
  start: (folder: string, timeout: string[]) => Promise<ChildProcess>,
): Promise<SipMessage[]> {
  const folder = await mkdtemp(join(tmpdir(), "hermes-sipp-"));
  const child = await start(folder, ["-timeout", `${patience / 2}ms`]);
  const killer = setTimeout(() => child.kill("SIGKILL"), patience);
  try {
    await once(child, "exit");
    return readTrace(folder);
  } finally {
    clearTimeout(killer);
    await rm(folder, { recursive: true, force: true });
  }
}

/** A SIPp that answers calls on a port until it is stopped. */
export interface AnsweringSipp {
  messages(): SipMessage[];
  stop(): Promise<void>;
}

export async function answerCalls(
  port: number,
  scenario: Scenario = "answer",
): Promise<AnsweringSipp> {
  const folder = await mkdtemp(join(tmpdir(), "hermes-sipp-"));
  const child = await spawnSipp(folder, scenarioFile(scenario), port, []);
  const answering: AnsweringSipp = {
    messages: () => readTrace(folder),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
  await waitFor("SIPp's socket", () => udpPortIsBound(port));
  return answering;
}

async function spawnSipp(
  folder: string,
  file: string,
  localPort: number | undefined,
  options: string[],
): Promise<ChildProcess> {
  // setpriv, so that it ends with this process even where that is killed outright.
  return spawn(
    "setpriv",
    [
      "--pdeathsig=SIGKILL",
      "sipp",
      ...options,
      ...["-sf", file],
      ...["-i", "127.0.0.1", "-bind_local"],
      ...["-p", String(localPort ?? (await freePort()))],
      ...["-cp", String(await freePort())],
      "-nostdin",
      ...["-trace_msg", "-message_file", join(folder, "messages")],
    ],
    { cwd: folder, stdio: "ignore" },
  );
}

function scenarioFile(scenario: Scenario): string {
  return fileURLToPath(new URL(`scenarios/${scenario}.xml`, import.meta.url));
}

function readTrace(folder: string): SipMessage[] {
  try {
    return parseTrace(readFileSync(join(folder, "messages"), "utf8"));
  } catch {
    return []; // it has not been written yet
  }
}

/** Looks it up, rather than binding the port, which might just keep SIPp from it. */
function udpPortIsBound(port: number): boolean {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return readFileSync("/proc/net/udp", "utf8").includes(`:${hex} 00000000:0000`);
}
