import { Readable, Writable } from "node:stream";
import type { Io } from "../../../src/cli/io";
import { Rows } from "../../../src/model/rows";
import { NO_ETC } from "../../support/no-etc";

export interface FakeIo extends Io {
  /** What has been written so far. */
  readonly out: () => string;
  readonly err: () => string;
}

interface World {
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly env?: Record<string, string>;
}

/** An outside world made of strings. */
export function fakeIo({ terminal = false, columns = 80, env = {} }: World = {}): FakeIo {
  const stdout = captured();
  const stderr = captured();
  return {
    stdin: Readable.from([]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { ...NO_ETC, ...env },
    isTerminal: { stdin: terminal, stdout: terminal, stderr: terminal },
    columns,
    out: stdout.text,
    err: stderr.text,
  };
}

function captured() {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join("") };
}

/** Rows out of batches; an Error among them is thrown there. */
export function rows<T>(...batches: (T[] | Error)[]): Rows<T> {
  return new Rows(
    (async function* () {
      for (const batch of batches) {
        if (batch instanceof Error) throw batch;
        yield batch;
      }
    })(),
  );
}
