import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { GiveUp, waitFor } from "../support/wait.js";

/** Debian's baresip, running from a folder as Hermes renders it, and nothing else. */
export class Baresip {
  private said = "";

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (data) => {
        this.said += data;
      });
    }
  }

  /** Starts it, has it do the commands, and ends it with the test at the latest. */
  static start(folder: string, ...commands: string[]): Baresip {
    // setpriv, so that it ends with this process even where that is killed outright.
    const words = ["--pdeathsig=SIGKILL", "baresip", "-f", folder, "-t", "60"];
    const child = spawn("setpriv", [...words, ...commands.flatMap((each) => ["-e", each])], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new Baresip(child);
  }

  /** Waits until it has said so. */
  async says(what: RegExp): Promise<string> {
    try {
      return await waitFor(`baresip to say ${what}`, () => {
        const found = what.exec(this.said)?.[0];
        if (found === undefined && this.child.exitCode !== null) throw new GiveUp("it has ended");
        return found;
      });
    } catch (error) {
      throw new Error(`${(error as Error).message}; it said:\n${this.said}`);
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const killer = setTimeout(() => this.child.kill("SIGKILL"), 3000);
    await ended;
    clearTimeout(killer);
  }
}
