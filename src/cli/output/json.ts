import type { Envelope } from "../../model/envelope";
import { Rows } from "../../model/rows";
import { type Io, write } from "../io";

/**
 * The envelope as exactly one JSON object and a newline; rows go out as they come in.
 *
 * Nothing is written until the first batch is there, so what fails by then is thrown and can still
 * be answered otherwise. Of a list longer than that the fields beside it, `response` first, stand
 * behind it: if reading breaks off, `onFailure` says what is answered in their place. Returns the
 * envelope that was answered.
 */
export async function writeJson(
  io: Io,
  envelope: Envelope,
  onFailure?: (error: unknown) => Envelope,
): Promise<Envelope> {
  const settled: Record<string, unknown> = {};
  const out = io.isTerminal.stdout ? escaping(io) : io;
  const long: [string, Reading][] = [];
  try {
    for (const [field, value] of Object.entries(envelope)) {
      const reading = value instanceof Rows ? await startReading(value) : undefined;
      if (reading?.next.done === false) long.push([field, reading]);
      else settled[field] = reading === undefined ? value : reading.first;
    }
    return await writeSettled(out, envelope, settled, long, onFailure);
  } finally {
    // Where the reader has gone, the queries are let go too.
    for (const [, { iterator }] of long) await iterator.return?.();
  }
}

/** The same world, where JSON has what would move a terminal's cursor as an escape: it is the same JSON. */
function escaping(io: Io): Io {
  const write = (text: string, done: (error?: Error | null) => void) =>
    io.stdout.write(
      text.replace(UNSEEN_IN_JSON, (character) => {
        const code = character.charCodeAt(0).toString(16);
        return `\\u${code.padStart(4, "0")}`;
      }),
      done,
    );
  return Object.create(io, { stdout: { value: { write } } });
}

// JSON escapes the others by itself.
const UNSEEN_IN_JSON = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

async function writeSettled(
  io: Io,
  envelope: Envelope,
  settled: Record<string, unknown>,
  long: readonly (readonly [field: string, reading: Reading])[],
  onFailure: ((error: unknown) => Envelope) | undefined,
): Promise<Envelope> {
  let before = "{";
  for (const [field, reading] of long) {
    await write(io.stdout, `${before}${JSON.stringify(field)}:[`);
    const failure = await writeItems(io, reading);
    before = "],";
    if (failure === undefined) continue;
    if (onFailure === undefined) throw failure.error;
    const ending = onFailure(failure.error);
    await write(io.stdout, `${before}${JSON.stringify(ending).slice(1)}\n`);
    return ending;
  }
  await write(io.stdout, `${before}${JSON.stringify(settled).slice(1)}\n`);
  return envelope;
}

/** Rows read one batch ahead. */
interface Reading {
  readonly first: unknown[];
  readonly next: IteratorResult<unknown[]>;
  readonly iterator: AsyncIterator<unknown[]>;
}

async function startReading(rows: Rows<unknown>): Promise<Reading> {
  const iterator = rows[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return { first: [], next: first, iterator };
  return { first: first.value, next: await iterator.next(), iterator };
}

/** What goes wrong with reading is returned, with writing thrown. */
async function writeItems(io: Io, reading: Reading): Promise<{ error: unknown } | undefined> {
  let between = "";
  const writeBatch = async (batch: readonly unknown[]) => {
    if (batch.length === 0) return;
    // In one go and without its brackets: far quicker than one by one.
    await write(io.stdout, between + JSON.stringify(batch).slice(1, -1));
    between = ",";
  };
  await writeBatch(reading.first);
  let next = reading.next;
  while (next.done !== true) {
    await writeBatch(next.value);
    try {
      next = await reading.iterator.next();
    } catch (error) {
      return { error };
    }
  }
  return undefined;
}
