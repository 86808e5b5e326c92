import { isatty } from "node:tty";

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
  /** Has a listener called at Ctrl-C, in place of an end without a word. */
  readonly onInterrupt?: (listener: () => void) => void;
  /** Ends the process now. */
  readonly exit?: (status: number) => never;
}

const COLUMNS_DEFAULT = 80;

/** The process's own streams and environment. */
export function processIo(): Io {
  const { stdout, stderr } = process;
  // A closed pipe reaches the writer by `write`; as an unheard event it would crash the process.
  for (const stream of [stdout, stderr]) stream.on("error", () => {});
  return {
    // Merely touching process.stdin opens it, so it is left alone until someone reads.
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
    env: process.env,
    isTerminal: { stdin: isatty(0), stdout: isatty(1), stderr: isatty(2) },
    get columns() {
      return stdout.columns || COLUMNS_DEFAULT;
    },
    onInterrupt: (listener) => process.on("SIGINT", listener),
    exit: (status) => process.exit(status),
  };
}

/** The same world with a stdout that is laid out like a terminal, whatever it is. */
export function asTerminal(io: Io): Io {
  const { stdin, stdout, stderr, env, columns } = io;
  return { stdin, stdout, stderr, env, columns, isTerminal: { ...io.isTerminal, stdout: true } };
}

/** The reader at the other end of a pipe has gone: nothing more is to be said, and nothing is wrong. */
export class ClosedPipe extends Error {
  constructor() {
    super("The pipe is closed.");
  }
}

const CLOSED = new Set(["EPIPE", "ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"]);

/** Writes and waits until it is flushed, so that a slow reader holds the writer back. */
export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (text === "") return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error === undefined || error === null) resolve();
      else
        reject(CLOSED.has((error as NodeJS.ErrnoException).code ?? "") ? new ClosedPipe() : error);
    });
  });
}
