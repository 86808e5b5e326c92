import type { Topic } from "../../grammar";

export const output: Topic = {
  name: "output",
  summary: "What is printed, for people and for programs",
  body: () => [
    "The answer goes to standard output and nothing else does: notes, progress, questions and refusals go to standard error.",
    'With --json the answer is exactly one JSON object and a newline, refusals and wrong flags included: {"response": "ok", …}, or response failed, invalid or error with a keyword as cause and a sentence as detail.',
    "Without it people read tables, with colours on a terminal (not with --no-color or NO_COLOR). In a pipe the same is plain. Lists also take --output table, json, ndjson or csv.",
    "Passwords and digests are masked unless this very command has made them, or --show-secrets is given. JSON has them as they are.",
  ],
};
