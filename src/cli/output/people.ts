import type { Answer, Answers } from "../../answers/answer";
import { entryOf } from "../../answers/leaves";
import { type Envelope, succeeded } from "../../model/envelope";
import { isRecord } from "../../model/record";
import { Rows } from "../../model/rows";
import { type Io, write } from "../io";
import { cell, type Style } from "./cell";
import { type Paint, paint } from "./color";
import { type Field, label } from "./label";
import { type Layout, layOut } from "./layout";
import { linesFor } from "./lines";
import { Numbers } from "./numbers";
import { type Pair, pairLines } from "./pairs";
import { type Renderer, tabbed, table } from "./table";
import { type AnyTelling, besides, sentence } from "./telling";
import { visible } from "./visible";
import { wrapWords } from "./wrap";

export interface PeopleOptions {
  readonly color: boolean;
  readonly showSecrets: boolean;
  /** What is declared of the answer's fields. */
  readonly answers: Answers;
  /** No notes, and no word where there is nothing to say. */
  readonly quiet: boolean;
  /** What it did in a sentence, where that is declared. */
  readonly tells?: AnyTelling | undefined;
}

interface Printer {
  readonly io: Io;
  readonly style: Style;
  readonly paint: Paint;
  readonly note: (text: string) => Promise<void>;
}

/**
 * An answer for people: tables and aligned values on a terminal, plain lines in a pipe.
 * Of a refusal only its further fields are printed; the rest is said by `writeRefusal`.
 */
export async function writePeople(
  io: Io,
  envelope: Envelope,
  options: PeopleOptions,
): Promise<void> {
  const { tells, answers } = options;
  const told = tells !== undefined && succeeded(envelope) ? tells : undefined;
  const layout = layOut(told ? besides(told, envelope, answers) : envelope, answers);
  const printer = await printerFor(io, options);
  const said = told && (await sentence(told, envelope, printer.style.terminal));
  const heading = await writeValues(layout, said, printer);
  for (const [index, list] of layout.lists.entries()) {
    const apart = heading || index > 0 ? "\n" : "";
    const titled = layout.lists.length > 1 && printer.style.terminal;
    const title = titled ? `${printer.paint.bold(label(list))}\n` : "";
    await writeList(list, apart + title, printer);
  }
  const silent = !heading && layout.lists.length === 0;
  if (silent && envelope.response === "ok" && !options.quiet) await write(io.stdout, "ok\n");
}

async function printerFor(io: Io, options: PeopleOptions): Promise<Printer> {
  const terminal = io.isTerminal.stdout;
  const painted = await paint(options.color);
  return {
    io,
    paint: painted,
    style: {
      terminal,
      secrets: options.showSecrets,
      now: Date.now(),
      numbers: new Numbers(terminal),
      lines: linesFor(io),
    },
    note: async (text) => {
      if (options.quiet) return;
      await write(io.stderr, `${io.isTerminal.stderr ? painted.dim(text) : text}\n`);
    },
  };
}

/** Everything but the lists; whether there was anything. */
async function writeValues(
  layout: Layout,
  said: string | undefined,
  printer: Printer,
): Promise<boolean> {
  const sentences = [...(said === undefined ? [] : [said]), ...layout.sentences.map(visible)];
  const room = printer.style.terminal ? printer.io.columns : undefined;
  const parts = sentences.flatMap((sentence) =>
    (room === undefined ? [sentence] : wrapWords(sentence, room)).map((line) => `${line}\n`),
  );
  const pairs = await pairsOf(layout.pairs, printer);
  if (pairs.length > 0) parts.push(pairLines(pairs, printer.paint, room));
  for (const [heading, fields] of layout.records) {
    const title = `${parts.length > 0 ? "\n" : ""}${printer.paint.bold(label(heading))}\n`;
    parts.push(title + pairLines(await pairsOf(fields, printer), printer.paint, room));
  }
  await write(printer.io.stdout, parts.join(""));
  return parts.length > 0;
}

async function pairsOf(fields: readonly Field[], { style }: Printer): Promise<Pair[]> {
  for (const { answer, value } of fields) await style.numbers.prepare(answer, [value]);
  return fields.map((field) => [field, cell(field.answer, field.value, style)]);
}

async function writeList(
  { answer, value: list }: Layout["lists"][number],
  before: string,
  printer: Printer,
): Promise<void> {
  const entry = entryOf(answer);
  let render: Renderer | undefined;
  for await (const batch of list instanceof Rows ? list : [list]) {
    if (batch.length === 0) continue;
    await printer.style.numbers.prepare(entry, batch);
    const start = render === undefined ? before : "";
    render ??= await rendererFor(entry, batch, printer);
    await write(printer.io.stdout, start + render(batch));
  }
  if (render === undefined) await printer.note("none");
}

/** Settled by the first batch: later ones are of its kind. */
async function rendererFor(
  entry: Answer,
  first: readonly unknown[],
  printer: Printer,
): Promise<Renderer> {
  const { io, style } = printer;
  if (!first.some(isRecord)) {
    return (values) => values.map((value) => line(entry, value, style)).join("");
  }
  if (!style.terminal) return tabbed(entry, first, style);
  return await table(entry, first, style, printer.paint, io.columns);
}

/** One of a list of plain values. */
function line(entry: Answer, value: unknown, style: Style): string {
  const { text, empty } = cell(entry, value, style);
  return `${empty ? "" : text}\n`;
}
