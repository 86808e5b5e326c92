import type { EventEmitter } from "node:events";
import type { Readable } from "node:stream";
import { type PacketConnection, TextRows } from "./text-rows";

/** As much of a mysql2 connection as is needed here. */
export interface WireConnection extends PacketConnection {
  readonly stream: Readable;
  query(statement: { readonly sql: string }): EventEmitter;
}

/** Rows that are handed on together where they come one by one. */
const BATCH = 1_000;

/** Batches that are read ahead of whoever takes them. */
const AHEAD = 4;

/** A statement's rows, as objects, as mysql2 reads them. */
export function rowsOffTheWire<Row>(
  connection: WireConnection,
  sql: string,
): AsyncGenerator<Row[]> {
  return offTheWire(connection, (take) => {
    let batch: Row[] = [];
    const handOn = () => {
      if (batch.length > 0) take(batch);
      batch = [];
    };
    return connection
      .query({ sql })
      .on("result", (row: Row) => {
        if (batch.push(row) === BATCH) handOn();
      })
      .on("end", handOn);
  });
}

/** The same of a statement's only column, a text that is never NULL: see TextRows. */
export function textsOffTheWire(connection: WireConnection, sql: string): AsyncGenerator<string[]> {
  return offTheWire<string>(connection, (take) => {
    const rows = TextRows.before(connection);
    return connection
      .query({ sql })
      .on("fields", () => rows.begin(take))
      .on("result", (row: object) => take(Object.values(row)))
      .on("end", () => rows.end());
  });
}

/**
 * What a statement hands on as it comes: for lists so long that a stream of one object a row costs
 * more than the server's work. Whoever leaves off early waits for the rest to go by, so that the
 * connection can go on.
 */
async function* offTheWire<Row>(
  { stream }: WireConnection,
  begin: (take: (rows: Row[]) => void) => EventEmitter,
): AsyncGenerator<Row[]> {
  const full: Row[][] = [];
  let wake = () => {};
  let ended = false;
  let failure: unknown;
  let left = false;
  const end = (error?: unknown) => {
    failure ??= error;
    ended = true;
    wake();
  };
  // A connection that ends while nobody reads from it tells the statement nothing.
  const closed = () => {
    if (!ended) end(Object.assign(new Error("The connection was lost"), { code: "ECONNRESET" }));
  };
  stream.once("close", closed);
  begin((rows) => {
    if (left) return;
    full.push(rows);
    if (full.length >= AHEAD) stream.pause();
    wake();
  })
    .on("end", () => end())
    .on("error", end);
  const more = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  try {
    for (;;) {
      const next = full.shift();
      if (next !== undefined) {
        if (full.length < AHEAD) stream.resume();
        yield next;
      } else if (ended) {
        break;
      } else {
        await more();
      }
    }
    if (failure !== undefined) throw failure;
  } finally {
    left = true;
    full.length = 0;
    if (!ended) stream.resume();
    while (!ended) await more();
    stream.off("close", closed);
  }
}
