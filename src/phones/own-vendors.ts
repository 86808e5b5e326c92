import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { plainMac } from "../model/mac";
import { critical } from "../model/refusal";
import { FORMATS, type FormatName } from "./formats";
import type { Vendor, VendorFile } from "./vendor";

/** How a site's vendor files are called: `acme.phone` describes the vendor `acme`. */
export const EXTENSION = ".phone";

/** Bytes. Far more than a template needs. */
const LARGEST = 1 << 20;

/** A line of its own, before and after a head. */
const FENCE = "+++";

/** A phone may have so many accounts, whatever its vendor says. */
const LINES_MAX = 99;

/** The vendors that a site has described in its folder, by name. Refuses error/config. */
export async function readOwnVendors(folder: string): Promise<Vendor[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw critical("config", `Can't read templates in ${folder}: ${(error as Error).message}.`);
  }
  const files = names.filter((name) => name.endsWith(EXTENSION) && !name.startsWith("."));
  const vendors: Vendor[] = [];
  for (const name of files.sort()) {
    const path = join(folder, name);
    vendors.push(await parseVendor(path, await textOf(path)));
  }
  return vendors;
}

/**
 * A vendor from its file. It begins with a head in TOML between two lines `+++`, and the template
 * follows; another head begins the next file of the same phone.
 */
export async function parseVendor(path: string, text: string): Promise<Vendor> {
  const name = basename(path, EXTENSION);
  if (!/^[a-z0-9][a-z0-9_-]{0,31}$/.test(name)) {
    throw critical(
      "config",
      `${path}: the file is named after its vendor, in lower-case letters and digits.`,
    );
  }
  const parts = partsOf(path, text);
  const [first, ...others] = await Promise.all(parts.map((part) => readHead(path, part)));
  if (first === undefined) throw critical("config", `${path}, line 1: there is no head.`);
  for (const [index, { head }] of others.entries()) {
    const stray = ["title", "models", "ouis", "lines"].find((key) => head.has(key));
    if (stray !== undefined) {
      throw headError(path, parts[index + 1]?.line ?? 1, `${stray} belongs to the first head`);
    }
  }
  const { head } = first;
  return {
    name,
    title: head.text("title") ?? name,
    models: head.list("models") ?? [],
    ouis: (head.list("ouis") ?? []).map((oui) => head.oui(oui)),
    lines: head.whole("lines", 1, LINES_MAX) ?? 1,
    files: [first, ...others].map(({ file }) => file),
    source: path,
  };
}

interface Part {
  readonly head: string;
  readonly template: string;
  /** The line of the file that the head begins on. */
  readonly line: number;
}

function partsOf(path: string, text: string): Part[] {
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  const fences = lines.flatMap((line, index) => (line.trimEnd() === FENCE ? [index] : []));
  if (fences[0] !== 0)
    throw critical("config", `${path}, line 1: a vendor's file begins with +++.`);
  if (fences.length % 2 !== 0) {
    throw critical(
      "config",
      `${path}, line ${(fences.at(-1) ?? 0) + 1}: +++ begins a head that has no end.`,
    );
  }
  const parts: Part[] = [];
  for (let index = 0; index < fences.length; index += 2) {
    const [from = 0, to = 0, end = lines.length] = fences.slice(index, index + 3);
    const more = index + 2 < fences.length ? "\n" : "";
    parts.push({
      head: lines.slice(from + 1, to).join("\n"),
      template: lines.slice(to + 1, end).join("\n") + more,
      line: from + 2,
    });
  }
  return parts;
}

async function readHead(path: string, part: Part): Promise<{ head: Head; file: VendorFile }> {
  const { parse, TomlError } = await import("smol-toml");
  let values: Record<string, unknown>;
  try {
    values = parse(part.head);
  } catch (error) {
    const at = error instanceof TomlError ? error.line - 1 : 0;
    throw headError(path, part.line + at, firstLine(error as Error));
  }
  const head = new Head(path, part.line, values);
  const format = head.text("format");
  if (format === undefined || !Object.hasOwn(FORMATS, format)) {
    throw head.error(`format must be one of ${Object.keys(FORMATS).join(", ")}`);
  }
  const names = head.list("names") ?? [];
  if (names.length === 0) throw head.error('names must name the file: ["{{mac}}.cfg"]');
  const line = part.line + part.head.split("\n").length + 1;
  return { head, file: { names, format: format as FormatName, template: part.template, line } };
}

const KEYS = ["title", "models", "ouis", "lines", "names", "format"];

/** A head's values, each checked when it is asked for. */
class Head {
  constructor(
    private readonly path: string,
    private readonly line: number,
    private readonly values: Readonly<Record<string, unknown>>,
  ) {
    const stray = Object.keys(values).find((key) => !KEYS.includes(key));
    if (stray !== undefined) throw this.error(`there is no ${stray}. Known: ${KEYS.join(", ")}`);
  }

  has(key: string): boolean {
    return Object.hasOwn(this.values, key);
  }

  text(key: string): string | undefined {
    const value = this.values[key];
    if (value === undefined || (typeof value === "string" && value !== "")) return value;
    throw this.error(`${key} must be text between quotes`);
  }

  list(key: string): string[] | undefined {
    const value = this.values[key];
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
    throw this.error(`${key} must be a list of texts: ["…", "…"]`);
  }

  whole(key: string, min: number, max: number): number | undefined {
    const value = this.values[key];
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) {
      return value;
    }
    throw this.error(`${key} must be a whole number from ${min} to ${max}`);
  }

  /** Six hex digits, however they are written. */
  oui(text: string): string {
    const digits = plainMac(text);
    if (/^[0-9a-f]{6}$/.test(digits)) return digits;
    throw this.error(`ouis: "${text}" is not the first half of a MAC address`);
  }

  error(problem: string) {
    return headError(this.path, this.line, problem);
  }
}

function headError(path: string, line: number, problem: string) {
  return critical("config", `${path}, line ${line}: ${problem}.`);
}

const firstLine = ({ message }: Error) => message.split("\n")[0] ?? message;

async function textOf(path: string): Promise<string> {
  try {
    const about = await stat(path);
    if (!about.isFile()) throw new Error("it is no file");
    if (about.size > LARGEST) throw new Error(`it is larger than ${LARGEST} bytes`);
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (error) {
    throw critical("config", `Can't read ${path}: ${(error as Error).message}.`);
  }
}
