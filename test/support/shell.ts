import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { bareEnvironment, type Ended, hermesBin } from "./hermes-process";

/** A folder with `hermes` in it, for a PATH. */
export const programs = mkdtempSync(join(tmpdir(), "hermes-path-"));
mkdirSync(programs, { recursive: true });
writeFileSync(
  join(programs, "hermes"),
  `#!/bin/sh\nexec '${process.execPath}' '${hermesBin}' "$@"\n`,
  { mode: 0o755 },
);
process.once("exit", () => rmSync(programs, { recursive: true, force: true }));

export interface ShellOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs a line as it would be typed into bash, where `hermes` is the built one. */
export async function runShell(line: string, { env, cwd }: ShellOptions): Promise<Ended> {
  const child = spawn("bash", ["-o", "pipefail", "-c", line], {
    cwd: cwd ?? env.HOME,
    env: { ...bareEnvironment(env), PATH: `${programs}:${process.env.PATH}` },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { status: code ?? 255, stdout, stderr };
}
