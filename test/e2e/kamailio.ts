import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../support/free-port.js";
import { GiveUp, waitFor } from "../support/wait.js";
import { rpc } from "./rpc.js";

export const exampleConfig = fileURLToPath(
  new URL("../../examples/kamailio/kamailio.cfg", import.meta.url),
);

export interface KamailioOptions {
  /** As in Kamailio's own configuration: mysql://… or sqlite:///… */
  dbUrl: string;
  /** `subscriber` has a column `permittedcalls`. */
  permittedcallsColumn?: boolean;
  /** host:port that calls to the outside go to; empty for none. */
  gateway?: string;
  /** Another configuration than the example. */
  config?: string;
  /** Time zone the process runs in; Kamailio writes local times into MySQL. */
  timezone?: string;
  /** Further #!defines, as `NAME` or `NAME=value`. */
  defines?: string[];
}

export interface Kamailio {
  /** The UDP port on 127.0.0.1 where it speaks SIP. */
  readonly port: number;
  /** Holds kamailio_rpc.sock, kamailio_rpc.fifo and kamailio_ctl. */
  readonly runFolder: string;
  readonly rpcSocket: string;
  rpc(method: string, params?: unknown[]): Promise<unknown>;
  log(): string;
  stop(): Promise<void>;
}

/** Runs examples/kamailio/kamailio.cfg, or what is like it, on a free loopback port, in a temporary folder. */
export async function startKamailio(options: KamailioOptions): Promise<Kamailio> {
  const runFolder = await mkdtemp(join(tmpdir(), "hermes-kamailio-"));
  const logFile = join(runFolder, "log");
  const rpcSocket = join(runFolder, "kamailio_rpc.sock");
  const port = await freePort();
  const log = openSync(logFile, "w");
  // setpriv, so that it ends with this process even where that is killed outright.
  const child = spawn(
    "setpriv",
    [
      "--pdeathsig=SIGTERM",
      "kamailio",
      ...["-f", options.config ?? exampleConfig],
      ...["-DD", "-E"], // in the foreground, logging to stderr
      ...["-Y", runFolder],
      ...["-m", "32"],
      ...defines(options, port).flatMap((define) => ["-A", define]),
    ],
    {
      stdio: ["ignore", log, log],
      env: { ...process.env, ...(options.timezone ? { TZ: options.timezone } : {}) },
    },
  );
  closeSync(log);

  const kamailio: Kamailio = {
    port,
    runFolder,
    rpcSocket,
    rpc: (method, params) => rpc(rpcSocket, method, params),
    log: () => readFileSync(logFile, "utf8"),
    async stop() {
      await end(child);
      process.off("exit", atExit);
      await rm(runFolder, { recursive: true, force: true });
    },
  };
  // For a run that ends without stop(), as by Ctrl-C.
  const atExit = () => {
    child.kill("SIGTERM");
    rmSync(runFolder, { recursive: true, force: true });
  };
  process.once("exit", atExit);

  try {
    // Its SIP socket is open before its RPC process runs.
    await waitFor("Kamailio", () => {
      if (child.exitCode !== null) throw new GiveUp(`it ended with status ${child.exitCode}`);
      return kamailio.rpc("core.version");
    });
    return kamailio;
  } catch (cause) {
    const tail = kamailio.log().slice(-4000);
    await kamailio.stop();
    throw new Error(`Kamailio did not start; its log:\n${tail}`, { cause });
  }
}

function defines(options: KamailioOptions, port: number): string[] {
  return [
    `DBURL="${options.dbUrl}"`,
    `LISTEN=udp:127.0.0.1:${port}`,
    "CHILDREN=2",
    "NOANSWER_TIMEOUT=1000",
    ...(options.dbUrl.startsWith("sqlite:") ? ["WITH_SQLITE"] : []),
    ...(options.permittedcallsColumn ? ["PERMITTEDCALLS_COLUMN"] : []),
    ...(options.gateway ? [`GATEWAY="${options.gateway}"`] : []),
    ...(options.defines ?? []),
  ];
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(killer);
}
