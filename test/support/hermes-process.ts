import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Envelope } from "../../src/model/envelope";
import { NO_ETC } from "./no-etc";

export const hermesBin =
  process.env.HERMES_BIN ?? fileURLToPath(new URL("../../bin/hermes.js", import.meta.url));

export interface Ended {
  /** The exit status; of a process that a signal ended, 128 and the signal's number. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What comes in; left out, standard input is empty. */
  readonly stdin?: string | Uint8Array;
}

/** Runs the built binary to its end, with nothing of the developer's environment. */
export async function runHermes(
  args: readonly string[],
  { env = {}, stdin = "" }: ProcessOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [hermesBin, ...args], { env: bareEnvironment(env) });
  child.stdin.on("error", () => {}).end(stdin);
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { status: code ?? (signal === "SIGINT" ? 130 : 255), stdout, stderr };
}

/** The same with `--json`: status and the one object on stdout. Throws where it is anything else. */
export async function runJson(
  args: readonly string[],
  options?: ProcessOptions,
): Promise<{ status: number; envelope: Envelope; stderr: string }> {
  const { status, stdout, stderr } = await runHermes([...args, "--json"], options);
  return { status, envelope: onlyObject(stdout, stderr), stderr };
}

/** Exactly one JSON object and a newline. */
export function onlyObject(stdout: string, stderr = ""): Envelope {
  try {
    const envelope = JSON.parse(stdout);
    if (stdout.endsWith("\n") && !stdout.endsWith("\n\n") && typeof envelope === "object") {
      return envelope;
    }
  } catch {}
  throw new Error(`Not one JSON object and a newline: ${JSON.stringify(stdout)}\n${stderr}`);
}

export function bareEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  return { PATH: process.env.PATH ?? "", LANG: "C.UTF-8", ...NO_ETC, ...env };
}
