import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Writable } from "node:stream";
import type { Io } from "../io";
import { widthOf } from "./width";

/** More than this is not read ahead of whoever reads it. */
const AHEAD = 16 * 1024 * 1024;

/** A bare system may be without. */
const DEFAULT = "command -v less >/dev/null && exec less; exec cat";

/** As git has it: short texts as they are, colours let through, the screen left as it was. */
const LESS = "FRX";

export interface Paged {
  /** The same world; what goes beyond a screen is handed to a pager. */
  readonly io: Io;
  /** To be awaited when all is written: until the pager is left. */
  end(): Promise<void>;
}

/** The command that pages, where one is wanted. */
export function pagerOf({ env, isTerminal }: Io): string | undefined {
  const wanted = (env.HERMES_PAGER ?? env.PAGER ?? DEFAULT).trim();
  const none = wanted === "" || wanted === "cat" || env.TERM === "dumb";
  return isTerminal.stdout && isTerminal.stdin && !none ? wanted : undefined;
}

/** Has output that is longer than the screen read in `pager`, a shell's command. */
export function paged(io: Io, pager: string): Paged {
  const output = new PagedOutput(io, pager);
  const stdout: NodeJS.WritableStream = output;
  return { io: Object.create(io, { stdout: { value: stdout } }), end: () => output.finished() };
}

/** Holds back a screen of text; with the line that is too much the pager begins. */
class PagedOutput extends Writable {
  private held = "";
  private lines = 0;
  private child: ChildProcess | undefined;

  constructor(
    private readonly world: Io,
    private readonly pager: string,
  ) {
    super({ decodeStrings: false });
    this.on("error", () => {});
  }

  override _write(
    chunk: string | Buffer,
    _encoding: unknown,
    done: (error?: Error | null) => void,
  ) {
    const text = String(chunk);
    if (this.child !== undefined) return this.hand(text, done);
    this.held += text;
    this.lines += linesOf(text, this.world.columns);
    if (this.lines < (this.world.rows ?? 0)) return done();
    this.child = this.begin();
    this.hand(this.held, done);
  }

  override _final(done: (error?: Error | null) => void) {
    if (this.child !== undefined) this.child.stdin?.end(() => done());
    else if (this.held === "") done();
    else this.world.stdout.write(this.held, (error) => done(error));
  }

  /** All is written, and the pager is left. */
  async finished(): Promise<void> {
    if (!this.destroyed) {
      this.end();
      await once(this, "finish").catch(() => {});
    }
    const { child } = this;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      await once(child, "close").catch(() => {});
    }
  }

  private hand(text: string, done: (error?: Error | null) => void) {
    const stdin = this.child?.stdin;
    if (stdin === undefined || stdin === null || stdin.destroyed) return done(closed());
    const full = stdin.writableLength > AHEAD;
    stdin.write(text, (error) => {
      if (full) done(error ? closed() : null);
    });
    if (!full) done();
  }

  private begin(): ChildProcess {
    const { env } = this.world;
    const child = spawn("/bin/sh", ["-c", this.pager], {
      env: { LESS, ...env },
      stdio: ["pipe", "inherit", "inherit"],
    });
    // Whoever leaves it has read enough.
    child.stdin?.on("error", () => {});
    child.on("close", () => {
      if (!this.writableEnded) this.destroy(closed());
    });
    return child;
  }
}

const closed = () => Object.assign(new Error("The pager was left."), { code: "EPIPE" });

// biome-ignore lint/suspicious/noControlCharactersInRegex: they take no room
const COLORS = /\x1b\[[\d;]*m/g;

/** Lines of the screen that a text takes. */
function linesOf(text: string, columns: number): number {
  const lines = text.split("\n").slice(0, -1);
  const rows = lines.map((line) => Math.ceil(widthOf(line.replace(COLORS, "")) / columns));
  return rows.reduce((sum, each) => sum + Math.max(1, each), 0);
}
