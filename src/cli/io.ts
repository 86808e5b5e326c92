import { createReadStream, createWriteStream, fstatSync } from "node:fs";
import { isatty } from "node:tty";
import { Refusal } from "../model/refusal";
import { systemReason } from "../model/system-reason";

/** The outside world of a command line, handed in so that everything can be run without a process. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: {
    readonly stdin: boolean;
    readonly stdout: boolean;
    readonly stderr: boolean;
  };
  /** The width that tables are fitted to. */
  readonly columns: number;
  /** The height of the screen, where there is one: what is longer goes to a pager. */
  readonly rows?: number | undefined;
  /** Has a listener called at Ctrl-C, in place of an end without a word. */
  readonly onInterrupt?: (listener: () => void) => void;
  /** Takes everything out of the process's own environment, so that no library goes by it either. */
  readonly forgetEnvironment?: () => void;
  /** Ends the process now. */
  readonly exit?: (status: number) => never;
}

const COLUMNS_DEFAULT = 80;

/** The process's own streams and environment. */
export function processIo(): Io {
  const stdout: NodeJS.WritableStream & { readonly columns?: number } = isFile(1)
    ? wholeFile(1)
    : process.stdout;
  const { stderr } = process;
  // What can't be written is told by `write`; as an unheard event it would crash the process.
  for (const stream of [stdout, stderr]) stream.on("error", () => {});
  return {
    // Merely touching process.stdin opens it, so it is left alone until someone reads.
    get stdin() {
      // Node takes a directory for an empty input.
      return fstatSync(0).isDirectory() ? createReadStream("", { fd: 0 }) : process.stdin;
    },
    stdout,
    stderr,
    env: process.env,
    isTerminal: { stdin: isatty(0), stdout: isatty(1), stderr: isatty(2) },
    get columns() {
      return stdout.columns || COLUMNS_DEFAULT;
    },
    get rows() {
      return (stdout as { readonly rows?: number }).rows;
    },
    onInterrupt: (listener) => process.on("SIGINT", listener),
    forgetEnvironment,
    exit: (status) => process.exit(status),
  };
}

/** Where the system's own programs are. */
const SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

function forgetEnvironment(): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  process.env.PATH = SYSTEM_PATH;
}

/** A file or a device such as /dev/full; no terminal. */
function isFile(fd: number): boolean {
  const stat = fstatSync(fd);
  return (stat.isFile() || stat.isCharacterDevice()) && !isatty(fd);
}

/** Writes all of it or says that it could not. Node's own stdout is silent when a disk has room for only a part. */
const wholeFile = (fd: number) => createWriteStream("", { fd, autoClose: false });

/** The same world with a stdout that is laid out like a terminal, whatever it is. */
export function asTerminal(io: Io): Io {
  // Made from it, as merely reading `stdin` would open it.
  return Object.create(io, { isTerminal: { value: { ...io.isTerminal, stdout: true } } });
}

/** Ctrl-C at a question of one line of many: it ends that line. */
export class Interrupted extends Error {}

/** An answer that can't be written. By then its transaction is over. */
export class OutputError extends Refusal {
  constructor(error: unknown) {
    const detail = `Can't write the output: ${systemReason(error)}. What was changed stays changed.`;
    super("error", "output", detail);
  }
}

/** The reader at the other end of a pipe has gone: nothing more is to be said, and nothing is wrong. */
export class ClosedPipe extends OutputError {}

const CLOSED = new Set(["EPIPE", "ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"]);

/** Writes and waits until it is flushed, so that a slow reader holds the writer back. Throws {@link OutputError}. */
export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (text === "") return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error === undefined || error === null) return resolve();
      // What is written after a failure fails for that failure's reason.
      const first = (stream as { errored?: Error | null }).errored ?? error;
      const closed = CLOSED.has((first as NodeJS.ErrnoException).code ?? "");
      reject(closed ? new ClosedPipe(first) : new OutputError(first));
    });
  });
}
