import * as answer from "../../answers";
import { decoded } from "../../changes/encoded";
import { type RenderedChange, rendered, SECRET_FIELDS } from "../../changes/render";
import { timeOfRecord } from "../../model/record-id";
import { Rows } from "../../model/rows";
import { positional } from "../../params/param";
import { recordId } from "../../params/records";
import type { Records } from "../../store/provisioning/records";
import { node } from "../node";
import { findRecord } from "./find";

/** The fields of a thing, secrets among them. */
const fields = () =>
  answer.nullable(
    answer.map(
      answer.value(),
      Object.fromEntries(SECRET_FIELDS.map((name) => [name, answer.secret()])),
    ),
  );

export const show = node({
  name: "audit/show",
  summary: "Show a record: what was called, and everything that it changed",
  description:
    "Of what was there before and after, both have those fields alone that differ. Hashes of operators' passwords and of API keys are kept, and shown to nobody.",
  access: "limited_read",
  params: { id: positional(recordId()) },
  answers: {
    id: answer.text(),
    time: answer.time(),
    caller: answer.text(),
    operator: answer.nullable(answer.text()),
    node: answer.text(),
    subject: answer.text(),
    params: answer.value(),
    undone_by: answer.nullable(answer.text()),
    undoes: answer.nullable(answer.text()),
    changes: answer.rows(
      answer.record({
        what: answer.text(),
        key: answer.text(),
        before: fields(),
        after: fields(),
      }),
    ),
  },
  examples: [{ command: "hermes audit show 01m879j1kknxa1h1b2gg" }],
  async run(stores, { id }) {
    const { caller, operatorId, node, subject, params, undoneBy, undoes } = await findRecord(
      stores,
      id,
    );
    return {
      ...{ id, time: Math.floor(timeOfRecord(id) / 1000), caller, operator: operatorId },
      ...{ node, subject, params: JSON.parse(params), undone_by: undoneBy, undoes },
      changes: new Rows(changesOf(stores.records, id)),
    };
  },
});

async function* changesOf(records: Records, id: string): AsyncGenerator<RenderedChange[]> {
  for (let at = 0; ; at++) {
    const content = await records.part(id, at);
    if (content === undefined) return;
    yield decoded(content).map(rendered);
  }
}
