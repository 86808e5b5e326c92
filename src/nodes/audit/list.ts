import * as answer from "../../answers";
import { timeOfRecord } from "../../model/record-id";
import { optional } from "../../params/param";
import { doneName } from "../../params/records";
import { moment } from "../../params/times";
import { address, limit, search, text } from "../../params/types";
import type { RecordEntry } from "../../store/provisioning/records";
import { node } from "../node";
import { pastOf } from "./past";

export const list = node({
  name: "audit/list",
  summary: "List what was changed, when and by whom, the newest first",
  description:
    "A range or an import is one record, however long; --user finds an address within it too. Times are dates, or so long ago: --since 7d.",
  access: "limited_read",
  params: {
    user: optional(address("only what was about this address", "alice@example.org", null)),
    node: optional(doneName()),
    caller: optional(text("only what this operator or user did", "alice", { placeholder: "NAME" })),
    since: optional(moment("only from then on", "7d")),
    until: optional(moment("only before then", "2026-12-31")),
    search: optional(search("subjects", "alice*")),
    limit: optional(limit()),
  },
  answers: {
    list: answer.rows(
      answer.record({
        id: answer.text(),
        time: answer.time(),
        caller: answer.text(),
        node: answer.text(),
        subject: answer.text(),
        changes: answer.count(),
        undone_by: answer.nullable(answer.text()),
      }),
    ),
  },
  examples: [
    { command: "hermes audit list --limit 20" },
    { command: "hermes audit list --user alice@example.org --since 30d" },
  ],
  async run({ records, keys }, { user, node, caller, since, until, search }, { now }) {
    const found = records.list({
      ...{ node, caller, search },
      address: user && keys.of(user),
      since: since && pastOf(since, now),
      until: until && pastOf(until, now),
    });
    return { list: found.map(listed) };
  },
});

const listed = ({ id, caller, node, subject, changes, undoneBy }: RecordEntry) => ({
  ...{ id, time: Math.floor(timeOfRecord(id) / 1000) },
  ...{ caller, node, subject, changes, undone_by: undoneBy },
});
