import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { NO_ETC } from "../support/no-etc";

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

/** A node, and what it is called with. */
export interface Request {
  node: string;
  params: Record<string, unknown>;
}

/** Many calls in one process. */
export type Batch = (requests: readonly Request[]) => Promise<Envelope[]>;

/** The real command, as a site would run it. */
export function hermesCommand(env: Record<string, string>): Hermes {
  return async (...args) => {
    const { stdout, stderr } = await run(env, args);
    try {
      return JSON.parse(stdout) as Envelope;
    } catch (cause) {
      const command = `hermes ${args.join(" ")}`;
      throw new Error(`${command} printed no JSON:\n${stdout}\n${stderr}`, { cause });
    }
  };
}

/** `hermes batch`. */
export function hermesBatch(env: Record<string, string>): Batch {
  return async (requests) => {
    const lines = requests.map((request) => `${JSON.stringify(request)}\n`).join("");
    const { stdout, stderr } = await run(env, ["batch"], lines);
    const answers = stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => (JSON.parse(line) as { response: Envelope }).response);
    if (answers.length === requests.length) return answers;
    throw new Error(`hermes batch did not answer each line:\n${stdout}\n${stderr}`);
  };
}

async function run(env: Record<string, string>, args: readonly string[], stdin = "") {
  const child = spawn(process.execPath, [bin, ...args, "--json", "--no-input"], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...withoutHermes(process.env), ...NO_ETC, ...env },
  });
  child.stdin.on("error", () => {}).end(stdin);
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { stdout, stderr };
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
