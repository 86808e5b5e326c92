import { isUtf8 } from "node:buffer";
import { LINE_MAX } from "../model/limits";
import { invalidParameters } from "../params/param";
import type { Source } from "./input";

const NEWLINE = 0x0a;
const BOM = "\uFEFF";
const NO_UTF8 = "is not UTF-8. Convert it first, for instance: iconv -f latin1 -t utf-8";

/** A line that can't be read, and why, as the end of a sentence; those after it can. */
export class UnreadableLine {
  constructor(readonly why: string) {}
}

/** A line without its end. */
export type Line = string | UnreadableLine;

/**
 * The input's lines, those of a piece of the input at a time, without its byte order mark. Of a
 * line of more than `max` bytes no more than that is ever held.
 */
export async function* lines(source: Source, max = LINE_MAX): AsyncGenerator<Line[]> {
  let begun = Buffer.alloc(0);
  /** Whether what comes belongs to a line that is too long already. */
  let passing = false;
  let first = true;
  const withoutMark = (some: Line[]) => {
    const [line] = some;
    if (first && typeof line === "string" && line.startsWith(BOM)) some[0] = line.slice(1);
    first = first && some.length === 0;
    return some;
  };
  for await (const chunk of source) {
    let bytes = Buffer.concat([begun, Buffer.from(chunk as Uint8Array)]);
    let found: Line[] = [];
    if (passing) {
      const end = bytes.indexOf(NEWLINE);
      if (end < 0) continue;
      bytes = bytes.subarray(end + 1);
      passing = false;
    }
    const last = bytes.lastIndexOf(NEWLINE);
    if (last >= 0) found = found.concat(linesOf(bytes.subarray(0, last), max));
    begun = bytes.subarray(last + 1);
    if (begun.length > max) {
      found.push(tooLong(max));
      begun = Buffer.alloc(0);
      passing = true;
    }
    if (found.length > 0) yield withoutMark(found);
  }
  if (begun.length > 0) yield withoutMark(linesOf(begun, max));
}

/** The same, where one line that can't be read makes the whole input worthless. */
export async function* readableLines(source: Source): AsyncGenerator<string[]> {
  let before = 0;
  for await (const some of lines(source)) {
    yield some.map((line, index) => {
      if (typeof line === "string") return line;
      throw invalidParameters(`Line ${before + index + 1} ${line.why}`);
    });
    before += some.length;
  }
}

/** The input as text, without its byte order mark; refused where it is not UTF-8. */
export async function* decoded(source: Source): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (chunk?: Uint8Array) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw invalidParameters(`The input ${NO_UTF8}`);
    }
  };
  for await (const chunk of source) {
    const text = decode(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
    if (text !== "") yield text;
  }
  const rest = decode();
  if (rest !== "") yield rest;
}

function linesOf(bytes: Buffer, max: number): Line[] {
  if (isUtf8(bytes)) return splitLines(bytes.toString(), max);
  // Nearly never: then each line is looked at for itself. No byte is lost in latin1.
  return bytes
    .toString("latin1")
    .split("\n")
    .flatMap((line) => {
      const own = Buffer.from(line, "latin1");
      return isUtf8(own) ? splitLines(own.toString(), max) : new UnreadableLine(NO_UTF8);
    });
}

const splitLines = (text: string, max: number): Line[] =>
  text.split("\n").map((line) => {
    if (line.length * 3 > max && Buffer.byteLength(line) > max) return tooLong(max);
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  });

const tooLong = (max: number) => new UnreadableLine(`is longer than ${max} bytes.`);
