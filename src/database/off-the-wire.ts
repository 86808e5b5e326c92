import type { EventEmitter } from "node:events";

/** As much of a mysql2 connection as is needed here. */
export interface WireConnection {
  readonly stream: EventEmitter;
  query(options: WireStatement): EventEmitter;
  pause(): void;
  resume(): void;
}

export interface WireStatement {
  readonly sql: string;
  readonly rowsAsArray: boolean;
}

/** Rows that are handed on together. */
const BATCH = 1_000;

/** Batches that are read ahead of whoever takes them. */
const AHEAD = 4;

/**
 * A statement's rows as mysql2 reads them, each in the shape that is made of it: for lists so long
 * that a stream of one object a row costs more than the server's work. Whoever leaves off early
 * waits for the rest to go by, so that the connection can go on.
 */
export async function* offTheWire<Raw, Row>(
  connection: WireConnection,
  statement: WireStatement,
  shape: (raw: Raw) => Row,
): AsyncGenerator<Row[]> {
  const full: Row[][] = [];
  let batch: Row[] = [];
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
  connection.stream.once("close", closed);
  connection
    .query(statement)
    .on("result", (raw: Raw) => {
      if (batch.push(shape(raw)) < BATCH) return;
      if (!left) full.push(batch);
      batch = [];
      if (full.length >= AHEAD) connection.pause();
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
        if (full.length < AHEAD) connection.resume();
        yield next;
      } else if (ended) {
        break;
      } else {
        await more();
      }
    }
    if (failure !== undefined) throw failure;
    if (batch.length > 0) yield batch;
  } finally {
    left = true;
    full.length = 0;
    if (!ended) connection.resume();
    while (!ended) await more();
    connection.stream.off("close", closed);
  }
}
