import type { Answer } from "../../answers/answer";
import { fieldOf } from "../../answers/leaves";
import { isRecord } from "../../model/record";
import { bar } from "./bar";
import { type Cell, cell, type Style } from "./cell";
import type { Paint } from "./color";
import { columnWidths } from "./column-widths";
import { type Field, label } from "./label";
import { type Pair, pairLines } from "./pairs";
import { widthOf } from "./width";
import { wrap } from "./wrap";

const GAP = "  ";

/** Batches of records as text, one batch after the other. */
export type Renderer = (rows: readonly unknown[]) => string;

type Cells = readonly Cell[];
type Column = Pick<Field, "name" | "answer">;

/** Tab-separated lines without a header, for programs. */
export function tabbed(entry: Answer, first: readonly unknown[], style: Style): Renderer {
  const fields = columnsOf(entry, first);
  const value = ({ text, empty }: Cell) => (empty ? "" : text);
  return (records) =>
    records.map((record) => `${cellsOf(record, fields, style).map(value).join("\t")}\n`).join("");
}

/**
 * A table as wide as the terminal at most, columns and widths settled by the first batch; what is
 * too long wraps. Where there are more columns than the terminal can hold, a block for each record.
 */
export async function table(
  entry: Answer,
  first: readonly unknown[],
  style: Style,
  paint: Paint,
  columns: number,
): Promise<Renderer> {
  const fields = columnsOf(entry, first);
  const natural = fields.map((field) => widthOf(label(field)));
  const least: number[] = [];
  for (const record of first) {
    for (const [index, { text }] of cellsOf(record, fields, style).entries()) {
      natural[index] = Math.max(natural[index] ?? 0, widthOf(text));
      least[index] = Math.max(least[index] ?? 0, ...text.split(" ").map(wholeWidth));
    }
  }
  const room = columns - GAP.length * (fields.length - 1);
  const widths = columnWidths(natural, room, least);
  if (widths === undefined) return blocks(fields, style, paint, columns);
  return await ruled(fields, widths, style, paint);
}

/** What is no longer than this may be copied from the screen, an address or an id, and is not broken. */
const WHOLE_MOST = 40;

const wholeWidth = (word: string) => {
  const width = widthOf(word);
  return width > WHOLE_MOST ? 0 : width;
};

async function ruled(
  fields: readonly Column[],
  widths: readonly number[],
  style: Style,
  paint: Paint,
): Promise<Renderer> {
  const { default: Table } = await import("cli-table3");
  const head = fields.map((field, index) =>
    wrap(label(field), widths[index] ?? 1)
      .map((line) => paint.bold(line))
      .join("\n"),
  );
  const shown = ({ text, faint }: Cell, index: number) =>
    wrap(text, widths[index] ?? 1)
      .map((line) => (faint ? paint.dim(line) : line))
      .join("\n");
  let started = false;
  return (records) => {
    const drawn = new Table({
      head: started ? [] : head,
      colWidths: [...widths],
      chars: { ...CHARS, mid: style.lines.rule },
      style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
    });
    started = true;
    for (const record of records) drawn.push(cellsOf(record, fields, style).map(shown));
    return `${drawn.toString().replace(/ +$/gm, "")}\n`;
  };
}

/** Only a line under the header: the rest is for the values. */
const CHARS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  "mid-mid": GAP,
  right: "",
  "right-mid": "",
  middle: GAP,
};

function blocks(fields: readonly Column[], style: Style, paint: Paint, columns: number): Renderer {
  let started = false;
  return (records) =>
    records
      .map((record) => {
        const cells = cellsOf(record, fields, style);
        const pairs = fields.flatMap((field, index): Pair[] => {
          const shown = cells[index];
          return shown === undefined ? [] : [[field, shown]];
        });
        const gap = started ? "\n" : "";
        started = true;
        return gap + pairLines(pairs, paint, columns);
      })
      .join("");
}

/** Every field that one of the records has. */
function columnsOf(entry: Answer, records: readonly unknown[]): Column[] {
  const names = new Set<string>();
  for (const record of records) {
    if (isRecord(record)) for (const name of Object.keys(record)) names.add(name);
  }
  return [...names].map((name) => ({ name, answer: fieldOf(entry, name) }));
}

function cellsOf(record: unknown, fields: readonly Column[], style: Style): Cells {
  const values = isRecord(record) ? record : {};
  return fields.map(({ name, answer }) => {
    const shown = cell(answer, values[name], style);
    const whole = answer.partOf === undefined ? undefined : values[answer.partOf];
    return style.terminal && whole !== undefined
      ? { ...shown, text: `${bar(values[name], whole, style.lines)} ${shown.text}` }
      : shown;
  });
}
