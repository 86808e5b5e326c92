import type { Envelope, Fields } from "../../model/envelope";
import { Rows } from "../../model/rows";
import { type Io, write } from "../io";
import { cell, type Style } from "./cell";
import { type Paint, paint } from "./color";
import { label } from "./label";
import { type Layout, type Listed, layOut } from "./layout";
import { Numbers } from "./numbers";
import { type Pair, pairLines } from "./pairs";
import { isRecord } from "./shape";
import { type Renderer, tabbed, table } from "./table";
import { visible } from "./visible";

export interface PeopleOptions {
  readonly color: boolean;
  readonly showSecrets: boolean;
  /** Secret fields that this very call has made: they are shown, as nobody can look them up later. */
  readonly fresh: readonly string[];
  /** No notes, and no word where there is nothing to say. */
  readonly quiet: boolean;
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
  const layout = layOut(envelope);
  const printer = await printerFor(io, options);
  const heading = await writeValues(layout, printer);
  for (const [index, [field, list]] of layout.lists.entries()) {
    const apart = heading || index > 0 ? "\n" : "";
    const titled = layout.lists.length > 1 && printer.style.terminal;
    const title = titled ? `${printer.paint.bold(label(field))}\n` : "";
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
      shown: options.showSecrets ? "all" : new Set(options.fresh),
      now: Date.now(),
      numbers: new Numbers(terminal),
    },
    note: async (text) => {
      if (options.quiet) return;
      await write(io.stderr, `${io.isTerminal.stderr ? painted.dim(text) : text}\n`);
    },
  };
}

/** Everything but the lists; whether there was anything. */
async function writeValues(layout: Layout, printer: Printer): Promise<boolean> {
  const parts = layout.sentences.map((sentence) => `${visible(sentence)}\n`);
  const pairs = await pairsOf(layout.pairs, printer);
  if (pairs.length > 0) parts.push(pairLines(pairs, printer.paint));
  for (const [field, record] of layout.records) {
    const title = `${parts.length > 0 ? "\n" : ""}${printer.paint.bold(label(field))}\n`;
    parts.push(title + pairLines(await pairsOf(record, printer), printer.paint));
  }
  await write(printer.io.stdout, parts.join(""));
  return parts.length > 0;
}

async function pairsOf(fields: Fields, { style }: Printer): Promise<Pair[]> {
  await style.numbers.prepare([fields]);
  return Object.entries(fields).map(([field, value]) => [field, cell(field, value, style)]);
}

async function writeList(list: Listed, before: string, printer: Printer): Promise<void> {
  let render: Renderer | undefined;
  for await (const batch of list instanceof Rows ? list : [list]) {
    if (batch.length === 0) continue;
    await printer.style.numbers.prepare(batch);
    const start = render === undefined ? before : "";
    render ??= await rendererFor(batch, printer);
    await write(printer.io.stdout, start + render(batch));
  }
  if (render === undefined) await printer.note("none");
}

/** Settled by the first batch: later ones are of its kind. */
async function rendererFor(first: readonly unknown[], printer: Printer): Promise<Renderer> {
  const { io, style } = printer;
  if (!first.some(isRecord)) return (values) => values.map((value) => line(value, style)).join("");
  if (!style.terminal) return tabbed(first, style);
  return await table(first, style, printer.paint, io.columns);
}

/** One of a list of plain values; what looks like a number is one. */
function line(value: unknown, style: Style): string {
  const { text, empty } = cell("number", value, style);
  return `${empty ? "" : text}\n`;
}
