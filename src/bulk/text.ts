import { invalidParameters } from "../params/param";
import type { Source } from "./input";

/** The input as text, without its byte order mark; refused where it is not UTF-8. */
export async function* decoded(source: Source): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (chunk?: Uint8Array) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw invalidParameters(
        "The input is not UTF-8. Convert it first, for instance: iconv -f latin1 -t utf-8",
      );
    }
  };
  for await (const chunk of source) {
    const text = decode(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
    if (text !== "") yield text;
  }
  const rest = decode();
  if (rest !== "") yield rest;
}

/** The input's lines without their ends, those of a piece of the input at a time. */
export async function* lines(source: Source): AsyncGenerator<string[]> {
  let rest = "";
  for await (const text of decoded(source)) {
    const pieces = (rest + text).split("\n");
    rest = pieces.pop() ?? "";
    if (pieces.length > 0) yield pieces.map(withoutReturn);
  }
  if (rest !== "") yield [withoutReturn(rest)];
}

const withoutReturn = (line: string) => (line.endsWith("\r") ? line.slice(0, -1) : line);
