import { CLOSED_PIPE, INTERRUPTED } from "../../exit-status";
import type { Topic } from "../../grammar";

export const exitCodes: Topic = {
  name: "exit-codes",
  summary: "What a script can tell an answer by",
  body: () => [
    [
      ["0", "done; the response is ok, or pong"],
      ["1", "refused for a reason in the data: failed"],
      ["2", "the request itself is wrong, a flag or a parameter: invalid"],
      ["3", "no database, no configuration, no way to write the answer, a bug: error"],
      ["4", "refused for who asks: failed, cause unauthorized"],
      [String(INTERRUPTED), "ended by Ctrl-C; what was not answered is not done"],
      [String(CLOSED_PIPE), "whoever read the output has gone"],
    ],
    "An import exits with 1 where a row was rejected, doctor where it has findings, and batch with the highest status of its lines.",
  ],
};
