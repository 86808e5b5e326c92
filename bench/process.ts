import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";

/** A program as it is measured: from its start to its end, stdout to /dev/null. */
export interface Program {
  readonly argv: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
  /** A file to read as standard input. */
  readonly stdin?: string;
  /** The MariaDB that it uses, if any, and its environment where that is reached by another port. */
  readonly server?: { readonly port: number; env(port: number): NodeJS.ProcessEnv };
}

export interface Run {
  /** From start to end, in milliseconds. */
  readonly ms: number;
  /** The most memory that it held (resident set), in MB. */
  readonly peak: number;
}

/**
 * What every entrant has of our environment. The rest of it would count for some and not for others:
 * with NODE_EXTRA_CA_CERTS each start of Node takes half as long again.
 */
export const BARE: NodeJS.ProcessEnv = { PATH: process.env.PATH };

/** How often the kernel's own record of the peak is read, in milliseconds. */
const GLANCE = 20;

/** Runs a program to its end. One that fails is an error, with what it said. */
export async function run({ argv: [file, ...args], env, stdin }: Program): Promise<Run> {
  const input = stdin === undefined ? "ignore" : openSync(stdin, "r");
  const begun = performance.now();
  const child = spawn(file, args, { stdio: [input, "ignore", "pipe"], env: env ?? BARE });
  const said: Buffer[] = [];
  child.stderr?.on("data", (chunk) => said.push(chunk));
  let peak = 0;
  const glance = () => {
    peak = Math.max(peak, residentPeak(child.pid));
  };
  const timer = setInterval(glance, GLANCE);
  let ms = Number.NaN;
  child.once("exit", () => {
    ms = performance.now() - begun;
  });
  try {
    const [status, signal] = await once(child, "close");
    if (status === 0) return { ms, peak };
    const words = [file, ...args].join(" ").slice(0, 200);
    const error = Buffer.concat(said).toString().slice(-2000);
    throw new Error(`${words} ended with ${signal ?? status}. ${error}`);
  } finally {
    clearInterval(timer);
    if (typeof input === "number") closeSync(input);
  }
}

/** The share of a run that passes before the first byte of its output is there. */
export async function firstByteShare({ argv: [file, ...args], env }: Program): Promise<number> {
  const begun = performance.now();
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "ignore"], env: env ?? BARE });
  let first: number | undefined;
  child.stdout?.on("data", () => {
    first ??= performance.now() - begun;
  });
  const [status] = await once(child, "close");
  if (status !== 0 || first === undefined) throw new Error(`${file} ended with ${status}`);
  return first / (performance.now() - begun);
}

/** Linux keeps it while the process lives; afterwards, and elsewhere, it is 0. */
function residentPeak(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "latin1");
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
