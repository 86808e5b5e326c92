import type { Given } from "../params/param";

/** Bytes as they come from a file or a pipe. */
export type Source = AsyncIterable<Uint8Array | string>;

/** A row of the input. */
export interface Entry {
  /** Its place in the input, counted from 1. */
  readonly at: number;
  /** What it says, by parameter name, or a sentence on why it says nothing. */
  readonly given: Given | string;
  /** The row as it was read, for {@link Reader.rejected}. */
  readonly raw: unknown;
}

/** Rows of one format. */
export interface Reader {
  /** What a place is counted in. */
  readonly unit: "row" | "line";
  entries(source: Source): AsyncGenerator<Entry[]>;
  /** A row in the input's own form and with the reason beside it, to be mended and read again. */
  rejected(entry: Entry, reason: string): string;
}

/** The column of a rejected row's reason; where it is read again it is passed over. */
export const REASON = "reason";
