import type { Answer, Answers } from "../../answers/answer";
import { declared, fieldOf } from "../../answers/leaves";
import { type Envelope, type Fields, succeeded } from "../../model/envelope";
import { isRecord } from "../../model/record";
import { Rows } from "../../model/rows";
import { forPeople } from "./cell";
import type { Field } from "./label";

/** A list that is printed line by line. */
export type Listed = Rows<unknown> | readonly unknown[];

/** An answer's fields sorted by how they are printed. */
export interface Layout {
  readonly sentences: readonly string[];
  /** Label and value, one a line; the fields of an only record stand among them. */
  readonly pairs: readonly Field[];
  /** Records that need a heading, as there are several. */
  readonly records: readonly (readonly [heading: Field, fields: readonly Field[]])[];
  readonly lists: readonly (Field & { readonly value: Listed })[];
}

/** Decides how an answer's fields are printed: by what is declared of them, else by their looks. */
export function layOut(envelope: Envelope, answers: Answers): Layout {
  const fields = answered(envelope, answers);
  const sentences: string[] = [];
  const lists: (Field & { value: Listed })[] = [];
  // In the order of the answer; a record holds its place until it is known whether it is the only one.
  const rest: Field[] = [];
  if (envelope.response === "pong") sentences.push("pong");
  for (const field of fields) {
    const { answer, value } = field;
    if (answer.shape.kind === "sentence") {
      const words = String(forPeople(answer, value).value);
      if (words !== "") sentences.push(words);
    } else if (isListed(field, fields.length)) lists.push({ ...field, value: value as Listed });
    else rest.push(field);
  }
  const records = rest.filter(({ value }) => isRecord(value));
  const several = records.length > 1;
  return {
    sentences,
    pairs: rest.flatMap((field) => {
      if (!isRecord(field.value)) return [field];
      return several ? [] : fieldsOf(field.answer, field.value);
    }),
    records: several
      ? records.map((field) => [field, fieldsOf(field.answer, field.value as Fields)])
      : [],
    lists,
  };
}

/** What is to be printed: a refusal's cause and detail are its own line's. */
function answered(envelope: Envelope, answers: Answers): Field[] {
  const skipped = succeeded(envelope) ? ["response"] : ["response", "cause", "detail"];
  return Object.entries(envelope).flatMap(([name, value]) => {
    const { implied } = declared(answers, name);
    if (value === undefined || skipped.includes(name) || implied?.(value, envelope)) return [];
    return [field(name, declared(answers, name), value)];
  });
}

const fieldsOf = (answer: Answer, record: Fields): Field[] =>
  Object.entries(record).map(([name, value]) => field(name, fieldOf(answer, name), value));

const field = (name: string, answer: Answer, value: unknown): Field => ({
  name,
  ...(isRecord(value) ? forPeople(answer, value) : { answer, value }),
});

function isListed({ answer, value }: Field, fields: number): boolean {
  if (value instanceof Rows) return true;
  if (!Array.isArray(value)) return false;
  return answer.shape.kind === "rows" || fields === 1 || value.some(isRecord);
}
