import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { bareEnvironment, hermesBin } from "./hermes-process.js";
import { waitFor } from "./wait.js";

const run = promisify(execFile);

/** Hermes on a real terminal (tmux), with someone at the keyboard. */
export interface Terminal {
  /** What the screen shows, without trailing blanks. */
  screen(): Promise<string>;
  /** The same with escape sequences, to see colours. */
  colors(): Promise<string>;
  /** Waits until the screen shows it; answers the screen. */
  shows(what: RegExp): Promise<string>;
  /** Types text, or presses keys by their names in tmux: `Enter`, `C-c`. */
  type(text: string): Promise<void>;
  press(key: string): Promise<void>;
  /** Whether the cursor is shown, and whether lines wrap. */
  modes(): Promise<{ cursor: boolean; wrap: boolean }>;
  /** The processes of Hermes that run on it. */
  programs(): Promise<number[]>;
  /** Waits for the end and answers the exit status. */
  ended(): Promise<number>;
}

const ENDED = /ended with (\d+)/;

interface TerminalOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

export const openTerminal = (args: readonly string[], options: TerminalOptions) =>
  openProgram([process.execPath, hermesBin, ...args], options);

/** Any program on a terminal: a shell, say, in which someone types `hermes`. It ends with the test. */
export async function openProgram(
  command: readonly string[],
  { env, columns = 80, rows = 50 }: TerminalOptions,
): Promise<Terminal> {
  const folder = await mkdtemp(join(tmpdir(), "hermes-terminal-"));
  const tmux = async (...command: string[]) => {
    const { stdout } = await run("tmux", ["-S", join(folder, "socket"), ...command], {
      env: bareEnvironment({ ...env, HOME: folder, TERM: "xterm-256color" }),
    });
    return stdout;
  };
  const words = command.map(quoted).join(" ");
  const settings = Object.entries(env).map(([name, value]) => quoted(`${name}=${value}`));
  const size = ["-x", String(columns), "-y", String(rows)];
  onTestFinished(async () => {
    await tmux("kill-server").catch(() => {});
    await rm(folder, { recursive: true, force: true });
  });
  await tmux(
    ...["-f", "/dev/null", "new-session", "-d", ...size],
    `env ${settings.join(" ")} ${words}; echo "ended with $?"; sleep 600`,
  );
  const screen = async () => (await tmux("capture-pane", "-p")).trimEnd();
  const shows = (what: RegExp) =>
    waitFor(`${what} on the screen`, async () => {
      const text = await screen();
      return what.test(text) ? text : undefined;
    });
  return {
    screen,
    shows,
    colors: () => tmux("capture-pane", "-p", "-e"),
    type: async (text) => void (await tmux("send-keys", "-l", text)),
    press: async (key) => void (await tmux("send-keys", key)),
    async modes() {
      const flags = await tmux("display-message", "-p", "#{cursor_flag} #{wrap_flag}");
      const [cursor, wrap] = flags.trim().split(" ");
      return { cursor: cursor === "1", wrap: wrap === "1" };
    },
    async programs() {
      const tty = (await tmux("display-message", "-p", "#{pane_tty}")).trim();
      const { stdout } = await run("ps", ["-o", "pid=,args=", "-t", tty.replace("/dev/", "")]);
      const lines = stdout
        .split("\n")
        .filter((line) => line.includes(`${process.execPath} ${hermesBin}`));
      return lines
        .filter((line) => !line.includes("sh -c"))
        .map((line) => Number.parseInt(line, 10));
    },
    ended: async () => Number(ENDED.exec(await shows(ENDED))?.[1]),
  };
}

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
