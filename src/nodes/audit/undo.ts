import * as answer from "../../answers";
import { inverses } from "../../changes/change";
import { decoded } from "../../changes/encoded";
import { failed } from "../../model/refusal";
import { positional } from "../../params/param";
import { recordId } from "../../params/records";
import { carryOutOne } from "../../rules/carry-out";
import { keepsWriter } from "../../rules/operators";
import { undoChanges } from "../../rules/undo";
import { requireWriterLeft } from "../../rules/writer-left";
import { node } from "../node";
import { findRecord } from "./find";

export const undo = node({
  name: "audit/undo",
  summary: "Take back what a record changed, where that is still so",
  description:
    "All of it or nothing: what was changed since stands in the way and is named. It is a record itself, which can be undone. Numbers that are in use by now stay out of the pool.",
  access: "read_write",
  params: { id: positional(recordId("the record to take back")) },
  answers: {
    id: answer.text(),
    changes: answer.count(),
    undone_by: answer.text(),
    inuse: answer.optional(answer.count({ label: "in use" })),
  },
  examples: [{ command: "hermes audit undo 01m879j1kknxa1h1b2gg" }],
  locks: undoChanges.locks,
  async run(stores, { id }, { config, progress }) {
    const { records, record } = stores;
    const { undoneBy, undoes, changes, node } = await findRecord(stores, id);
    if (undoneBy !== null) {
      throw failed("changed", `${id} is undone already. To have it again: hermes undo ${undoneBy}`);
    }
    const parts = await records.parts(id);
    if (parts === 0) throw failed("changed", `What ${node} did was not recorded thing by thing.`);
    record.takesBack(id);
    let inuse = 0;
    // The last first: what a later part changed may rest on an earlier one.
    for (let at = parts - 1; at >= 0; at--) {
      const content = await records.part(id, at);
      if (content === undefined) throw new Error(`Record ${id} lacks its part ${at}.`);
      const done = await carryOutOne(stores, undoChanges, inverses(decoded(content)));
      inuse += done.inuse;
      progress(parts - at, parts);
    }
    await requireWriterLeft(stores, keepsWriter(config));
    await Promise.all([
      records.setUndoneBy(id, record.id),
      ...(undoes === null ? [] : [records.setUndoneBy(undoes, null)]),
    ]);
    return { id, changes, undone_by: record.id, ...(inuse > 0 ? { inuse } : {}) };
  },
});
