import { spawn } from "node:child_process";
import { once } from "node:events";
import { INTERRUPTED } from "../exit-status";
import type { Io } from "../io";

/** Names the process that begins a shell anew. */
const KEEPER = "HERMES_SHELL_KEEPER";

export const isKept = ({ env }: Io): boolean => env[KEEPER] === String(process.ppid);

/**
 * Runs this very shell in a process of its own, and another one where Ctrl-C has ended it in the
 * middle of a command: whatever was under way, a query or a loop, ends with its process and is
 * rolled back as it is without a shell. Answers the exit status.
 */
export async function kept({ env }: Io): Promise<number> {
  for (;;) {
    const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
      env: { ...env, [KEEPER]: String(process.pid) },
      stdio: "inherit",
    });
    const pass = (signal: NodeJS.Signals) => void child.kill(signal);
    for (const signal of ENDING) process.on(signal, pass);
    const [status, signal] = await once(child, "exit");
    for (const signal of ENDING) process.off(signal, pass);
    if (ENDING.includes(signal)) process.kill(process.pid, signal);
    if (status !== INTERRUPTED && signal !== "SIGINT") return status ?? 1;
  }
}

const ENDING: NodeJS.Signals[] = ["SIGTERM", "SIGHUP"];
