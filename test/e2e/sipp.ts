import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../support/free-port.js";
import { waitFor } from "../support/wait.js";
import { parseTrace, type SipMessage } from "./sip-trace.js";

type Scenario = "register" | "call" | "answer";

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
  const folder = await mkdtemp(join(tmpdir(), "hermes-sipp-"));
  const { credentials } = run;
  const child = await spawnSipp(folder, run.scenario, run.localPort, [
    `127.0.0.1:${run.remotePort}`,
    ...["-m", "1"],
    ...["-timeout", `${patience / 2}ms`],
    ...(credentials ? ["-au", credentials.user, "-ap", credentials.password] : []),
    ...Object.entries(run.keys).flatMap(([key, value]) => ["-key", key, value]),
  ]);
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

export async function answerCalls(port: number): Promise<AnsweringSipp> {
  const folder = await mkdtemp(join(tmpdir(), "hermes-sipp-"));
  const child = await spawnSipp(folder, "answer", port, []);
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
  scenario: Scenario,
  localPort: number | undefined,
  options: string[],
): Promise<ChildProcess> {
  const file = fileURLToPath(new URL(`scenarios/${scenario}.xml`, import.meta.url));
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
