import { isRecord } from "../model/record";
import { Rows } from "../model/rows";
import type { Answer, Answers } from "./answer";
import { anything } from "./types";

const UNDECLARED = anything();

/** What is declared of a field in a value of this kind. */
export function fieldOf({ shape }: Answer, name: string): Answer {
  if (shape.kind === "either") return fieldOf(shape.record, name);
  if (shape.kind === "record") return declared(shape.fields, name);
  if (shape.kind !== "map") return UNDECLARED;
  return shape.named !== undefined && Object.hasOwn(shape.named, name)
    ? (shape.named[name] ?? UNDECLARED)
    : shape.of;
}

/** What is declared of a field; nothing is known of one that is not. */
export function declared(answers: Answers, name: string): Answer {
  return Object.hasOwn(answers, name) ? (answers[name] ?? UNDECLARED) : UNDECLARED;
}

/** What is declared of each entry in a list of this kind. */
export function entryOf({ shape }: Answer): Answer {
  return shape.kind === "rows" || shape.kind === "list" ? shape.of : UNDECLARED;
}

/** What is declared of a value that is one or the other. */
export function kindOf(answer: Answer, value: unknown): Answer {
  const { shape } = answer;
  if (shape.kind !== "either") return answer;
  return isRecord(value) ? shape.record : shape.plain;
}

/** Whether a value of this kind has parts of its own. */
const hasParts = ({ shape: { kind } }: Answer) =>
  kind === "rows" || kind === "list" || kind === "record" || kind === "map";

/** The value with every part that has no parts itself as `change` makes it. */
export function mapLeaves(
  declaration: Answer,
  value: unknown,
  change: (answer: Answer, value: unknown) => unknown,
): unknown {
  const answer = kindOf(declaration, value);
  if (value === null || value === undefined) return value;
  if (!hasParts(answer)) return change(answer, value);
  const entry = entryOf(answer);
  if (value instanceof Rows) return value.map((each) => mapLeaves(entry, each, change));
  if (Array.isArray(value)) return value.map((each) => mapLeaves(entry, each, change));
  if (!isRecord(value)) return change(UNDECLARED, value);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      mapLeaves(fieldOf(answer, name), inner, change),
    ]),
  );
}

/** The columns of a list's records, by the fields that are declared of them; of plain values none. */
export function columnNames(list: Answer): string[] {
  const { shape } = entryOf(list);
  const record = shape.kind === "either" ? shape.record.shape : shape;
  return record.kind === "record" ? Object.keys(record.fields) : [];
}
