import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const bin =
  process.env.HERMES_BIN ?? fileURLToPath(new URL("../../bin/hermes.js", import.meta.url));

/** What every call with --json answers, beside the node's own fields. */
export interface Envelope {
  response: "ok" | "pong" | "failed" | "invalid" | "error";
  cause?: string;
  detail?: string;
  [field: string]: unknown;
}

export type Hermes = (...args: string[]) => Promise<Envelope>;

/** The real command, as a site would run it. */
export function hermesCommand(env: Record<string, string>): Hermes {
  return async (...args) => {
    const child = spawn(process.execPath, [bin, ...args, "--json", "--no-input"], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...withoutHermes(process.env), ...env },
    });
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "exit"),
    ]);
    try {
      return JSON.parse(stdout) as Envelope;
    } catch (cause) {
      const command = `hermes ${args.join(" ")}`;
      throw new Error(`${command} printed no JSON:\n${stdout}\n${stderr}`, { cause });
    }
  };
}

/** Nothing of the developer's own configuration may leak into a test. */
function withoutHermes(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(HERMES|XDG)_/.test(name)));
}

/** For steps that must succeed for a test to make sense. */
export async function ok(answer: Promise<Envelope>): Promise<Envelope> {
  const envelope = await answer;
  if (envelope.response !== "ok") throw new Error(`Hermes: ${JSON.stringify(envelope)}`);
  return envelope;
}
