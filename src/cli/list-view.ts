import { type Answers, listField } from "../answers/answer";
import { columnNames } from "../answers/leaves";
import type { Envelope, Fields } from "../model/envelope";
import { isRecord } from "../model/record";
import { Rows } from "../model/rows";
import { columnList } from "../params/columns";
import { type Given, optional, type Params } from "../params/param";
import { readParams } from "../params/read";
import { choice } from "../params/types";
import { OUTPUT_FORMATS, type OutputFormat } from "./output/format";

/** How a list is to be shown. */
export interface ListView {
  readonly format?: OutputFormat | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly sort?: readonly string[] | undefined;
}

/** The flags of whatever answers with a list; of columns where it has several. */
export function listFlags(answers: Answers): Params {
  const field = listField(answers);
  if (field === undefined) return {};
  const columns = columnsOf(answers);
  const output = optional(choice("the list's form", "FORMAT", OUTPUT_FORMATS));
  if (columns.length < 2) return { output };
  return {
    output,
    columns: optional(columnList("only these columns, in this order", columns)),
    sort: optional(
      columnList("sort by these columns; -COLUMN for the other way round", columns, {
        signed: true,
      }),
    ),
  };
}

/** What was given of those flags, and what is left for the command itself. */
export async function takeListView(
  answers: Answers,
  given: Given,
): Promise<{ view: ListView; rest: Given }> {
  const flags = listFlags(answers);
  const own = Object.entries(given).filter(([name]) => name in flags);
  const rest = Object.entries(given).filter(([name]) => !(name in flags));
  const { output, ...view } = await readParams(flags, Object.fromEntries(own));
  return { view: { ...view, format: output }, rest: Object.fromEntries(rest) };
}

/** The answer with its list as it is to be shown. A list that is sorted is read whole. */
export async function viewed(
  envelope: Envelope,
  answers: Answers,
  { columns, sort }: ListView,
): Promise<Envelope> {
  const field = listField(answers);
  if (field === undefined || (columns === undefined && sort === undefined)) return envelope;
  const list = envelope[field];
  if (!(list instanceof Rows) && !Array.isArray(list)) return envelope;
  const all = sort === undefined ? list : await sorted(list, sort);
  const shown = columns === undefined ? all : all.map((row) => picked(row, columns));
  return { ...envelope, [field]: shown };
}

const columnsOf = (answers: Answers) => {
  const answer = answers[listField(answers) ?? ""];
  return answer === undefined ? [] : columnNames(answer);
};

function picked(row: unknown, columns: readonly string[]): unknown {
  if (!isRecord(row)) return row;
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
}

async function sorted(list: Rows<unknown> | unknown[], by: readonly string[]): Promise<unknown[]> {
  const rows = list instanceof Rows ? await list.toArray() : [...list];
  const keys = by.map((key) => {
    const down = key.startsWith("-");
    return { name: down ? key.slice(1) : key, sign: down ? -1 : 1 };
  });
  return rows.sort((one, other) => {
    for (const { name, sign } of keys) {
      const order = compared(fieldOf(one, name), fieldOf(other, name));
      if (order !== 0) return order * sign;
    }
    return 0;
  });
}

const fieldOf = (row: unknown, name: string) => (isRecord(row) ? (row as Fields)[name] : row);

/** Numbers by their size, all else as text; what is empty stands last. */
function compared(one: unknown, other: unknown): number {
  const [none, nothing] = [isEmpty(one), isEmpty(other)];
  if (none || nothing) return Number(none) - Number(nothing);
  if (typeof one === "number" && typeof other === "number") return one - other;
  const [left, right] = [String(one), String(other)];
  return left < right ? -1 : Number(left > right);
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === "";
