import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Request } from "../../src/hermes";
import type { Envelope } from "../../src/model/envelope";
import { bareEnvironment, hermesBin } from "../support/hermes-process";

const worker = fileURLToPath(new URL("worker.mjs", import.meta.url));
const library = join(dirname(hermesBin), "..", "dist", "index.cjs");

/** How long a worker may take for its batch, in milliseconds. */
const PATIENCE = 60_000;

/** Processes that keep their Hermes open, so that a round of all of them at once costs little. */
export interface Crew {
  /** Gives each worker its batch, all at once, and answers what each was answered. */
  round(batches: readonly (readonly Request[])[]): Promise<Envelope[][]>;
  dismiss(): Promise<void>;
}

export async function gatherCrew(
  size: number,
  env: Readonly<Record<string, string>>,
): Promise<Crew> {
  const workers = Array.from({ length: size }, () =>
    spawn(process.execPath, [worker, library], {
      env: bareEnvironment(env),
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    }),
  );
  await Promise.all(workers.map(message));
  return {
    round(batches) {
      const answers = workers.map(message) as Promise<Envelope[]>[];
      for (const [index, batch] of batches.entries()) workers[index]?.send(batch);
      return Promise.all(answers);
    },
    async dismiss() {
      await Promise.all(
        workers.map(async (child) => {
          if (!child.connected) return;
          const ended = once(child, "exit");
          const deadline = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
          child.disconnect();
          await ended;
          clearTimeout(deadline);
        }),
      );
    },
  };
}

/** The next thing that a worker says. */
async function message(child: ChildProcess): Promise<unknown> {
  const given = new AbortController();
  const signal = AbortSignal.any([given.signal, AbortSignal.timeout(PATIENCE)]);
  try {
    const ended = once(child, "exit", { signal }).then(([status]) => {
      throw new Error(`A worker ended with ${status}`);
    });
    const [said] = await Promise.race([once(child, "message", { signal }), ended]);
    return said;
  } finally {
    given.abort();
  }
}
