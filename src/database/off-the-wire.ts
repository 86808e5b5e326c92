import type { EventEmitter } from "node:events";

/** As much of a mysql2 connection as is needed here. */
export interface WireConnection {
  query(options: { sql: string; values: readonly unknown[]; rowsAsArray: true }): EventEmitter;
  pause(): void;
  resume(): void;
}

/** Rows that are handed on together. */
const BATCH = 1_000;

/** Batches that are read ahead of whoever takes them. */
const AHEAD = 4;

/**
 * A statement's rows in the shape that is made of their columns, as mysql2 reads them: for lists so
 * long that a stream of one object a row costs more than the server's work. Whoever leaves off
 * early waits for the rest to go by, so that the connection can go on.
 */
export async function* offTheWire<Columns extends readonly unknown[], Row>(
  connection: WireConnection,
  sql: string,
  values: readonly unknown[],
  shape: (columns: Columns) => Row,
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
  connection
    .query({ sql, values, rowsAsArray: true })
    .on("result", (columns: Columns) => {
      if (batch.push(shape(columns)) < BATCH) return;
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
    connection.resume();
    while (!ended) await more();
  }
}
