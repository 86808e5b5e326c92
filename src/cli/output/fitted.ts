import type { Io } from "../io";
import { wrapWords } from "./wrap";

/** Text for stderr: on a terminal in lines that are no wider, but for words that are; in a pipe as it is. */
export function fitted(io: Pick<Io, "isTerminal" | "stderr" | "columns">, text: string): string {
  if (!io.isTerminal.stderr) return text;
  const width = (io.stderr as { readonly columns?: number }).columns || io.columns;
  return text
    .split("\n")
    .flatMap((line) => (line.startsWith(" ") ? [line] : wrapWords(line, width)))
    .join("\n");
}
