import * as answer from "../../answers";
import { counted } from "../../model/words";
import { moment } from "../../params/times";
import { node } from "../node";
import { pastOf } from "./past";

export const prune = node({
  name: "audit/prune",
  summary: "Forget what was recorded before a time",
  description: "What is forgotten can't be undone any more. That it was forgotten is recorded.",
  access: "read_write",
  params: { before: moment("a date, or so long ago", "365d") },
  answers: { pruned: answer.count() },
  tells: {
    verb: ["Forget", "Forgot"],
    what: ({ pruned }) => counted(pruned, "record"),
    destroys: true,
  },
  examples: [
    { command: "hermes audit prune --before 365d" },
    { command: "hermes audit prune --before 2026-01-01" },
  ],
  async run(stores, { before }, { now }) {
    const pruned = await stores.records.prune(pastOf(before, now));
    if (pruned > 0) await stores.record.withoutChanges(stores);
    return { pruned };
  },
});
