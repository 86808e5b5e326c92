import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Io } from "../io";

export interface Asked {
  readonly prompt: string;
  /** The newest first. */
  readonly history: readonly string[];
  /** What may stand at the end of what is typed. */
  readonly complete: (typed: string) => Promise<[candidates: string[], typed: string]>;
}

/**
 * A line of the person at the terminal, or several that were pasted; none where there are no more. It
 * has the terminal for them only: what is run next may ask on its own.
 */
export async function askLines(
  { stdin, stderr }: Io,
  { prompt, history, complete }: Asked,
): Promise<string[]> {
  const reader = createInterface({
    ...{ input: stdin, output: stderr, terminal: true, prompt },
    history: [...history],
    historySize: history.length + 1,
    completer: (typed: string, done: (error: null, found: [string[], string]) => void) => {
      complete(typed).then(
        (found) => done(null, found),
        () => done(null, [[], typed]),
      );
    },
  });
  // As in any shell: what is typed is forgotten.
  reader.on("SIGINT", () => {
    stderr.write("^C\n");
    reader.write(null, { ctrl: true, name: "e" });
    reader.write(null, { ctrl: true, name: "u" });
    reader.prompt();
  });
  const lines: string[] = [];
  reader.on("line", (line) => lines.push(line));
  reader.prompt();
  try {
    await Promise.race([once(reader, "line"), once(reader, "close")]);
    return lines;
  } finally {
    reader.close();
  }
}
