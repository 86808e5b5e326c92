import mustache, { type TemplateSpans } from "mustache";
import { hint } from "../model/closest";
import { critical, failed } from "../model/refusal";
import { FORMATS, type FormatName, isOneLine } from "./formats";
import { EXACT, type View } from "./view";

/** A template as it stands in a file. */
export interface TemplateSource {
  readonly text: string;
  /** Whose errors these are, as a person finds it: a path, or a vendor's name. */
  readonly file: string;
  /** The line of the file that the template begins on. */
  readonly line: number;
}

/** Turns a view into text; refuses (failed/unfit) a value that the format can't carry. */
export type Template = (view: View, subject: string) => string;

/** The names that are known in a template, and those within each section. */
export type Names = ReadonlyMap<string, Names | null>;

/**
 * Makes a template ready. Every name in it is checked here, so that a slip is told of before any
 * phone is rendered: error/config, with file and line. Templates are Mustache without what could
 * put a value in unescaped or read another file; they run no code.
 */
export function compile(source: TemplateSource, format: FormatName, names: Names): Template {
  const writer = new FormatWriter(format);
  checkNames(parse(writer, source), [names], source);
  return (view, subject) => {
    writer.subject = subject;
    return writer.render(source.text, view);
  };
}

class FormatWriter extends mustache.Writer {
  subject = "";

  constructor(private readonly format: FormatName) {
    super();
  }

  override escapedValue(token: string[], context: mustache.Context): string {
    const [, path = ""] = token;
    return escaped(path, String(context.lookup(path) ?? ""), this.format, this.subject);
  }
}

/** The names of a view, and of what is in it. */
export function namesOf(view: View): Names {
  const inside = (value: unknown): Names | null => {
    const one = Array.isArray(value) ? value[0] : value;
    return typeof one === "object" && one !== null ? namesOf(one) : null;
  };
  const present = Object.entries(view).filter(([, value]) => value !== null);
  return new Map(present.map(([name, value]) => [name, inside(value)]));
}

function escaped(path: string, value: string, format: FormatName, subject: string): string {
  const { title, exact, shown } = FORMATS[format];
  const name = path.split(".").at(-1) ?? path;
  if (!EXACT.has(name)) return shown(value);
  const text = isOneLine(value) ? exact(value) : undefined;
  if (text !== undefined) return text;
  throw failed(
    "unfit",
    `${subject}: its ${name} has a character in it that ${title} can't say. Change the ${name}.`,
  );
}

function parse(writer: mustache.Writer, source: TemplateSource): TemplateSpans {
  try {
    return writer.parse(source.text);
  } catch (error) {
    const [, problem, at] = /^(.*?)(?: at (\d+))?$/s.exec((error as Error).message) ?? [];
    throw templateError(source, Number(at ?? 0), `${problem}.`);
  }
}

function checkNames(spans: TemplateSpans, scopes: readonly Names[], source: TemplateSource): void {
  for (const [type, name, start, , inside] of spans) {
    if (type === "&") {
      throw templateError(source, start, `${name} would go in unescaped. Write {{${name}}}.`);
    }
    if (type === ">") throw templateError(source, start, `{{>${name}}}: a template has no parts.`);
    if (type !== "name" && type !== "#" && type !== "^") continue;
    const within = find(name, scopes);
    if (within === undefined) {
      const known = [...new Set(scopes.flatMap((scope) => [...scope.keys()]))];
      throw templateError(source, start, `there is no ${name}. ${hint(name, known)}`);
    }
    if (type === "name" && within !== null) {
      throw templateError(source, start, `${name} is a section. Write {{#${name}}}.`);
    }
    if (Array.isArray(inside)) {
      const deeper = type === "#" && within !== null ? [within, ...scopes] : scopes;
      checkNames(inside, deeper, source);
    }
  }
}

/** What is within a name, innermost scope first; undefined where there is no such name. */
function find(name: string, scopes: readonly Names[]): Names | null | undefined {
  const [first = "", ...rest] = name.split(".");
  let found = scopes.find((scope) => scope.has(first))?.get(first);
  for (const part of rest) found = found?.get(part);
  return found;
}

function templateError({ text, file, line }: TemplateSource, at: number, problem: string) {
  const lines = text.slice(0, at).split("\n").length - 1;
  return critical("config", `${file}, line ${line + lines}: ${problem}`);
}
