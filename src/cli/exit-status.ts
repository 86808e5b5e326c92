import type { Envelope } from "../model/envelope";

/** Ended by Ctrl-C: 128 + SIGINT. */
export const INTERRUPTED = 130;

/** The reader of the pipe has gone: 128 + SIGPIPE, without a word. */
export const CLOSED_PIPE = 141;

/** The exit status that a script can tell an answer by. */
export function exitStatus({ response, cause }: Envelope): number {
  switch (response) {
    case "ok":
    case "pong":
      return 0;
    case "failed":
      return cause === "unauthorized" ? 4 : 1;
    case "invalid":
      return 2;
    case "error":
      return 3;
  }
}
