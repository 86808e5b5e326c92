import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../model/record";
import { critical } from "../model/refusal";
import { parseToml } from "./toml";
import { withoutLines } from "./without-lines";

export type Setting = string | number | boolean | readonly string[];

/** Settings of sections: `{ kamailio: { url: "…" } }`; null takes one out. */
export type Sections = Readonly<Record<string, Readonly<Record<string, Setting | null>>>>;

/** Where settings stand: a file, and which of its sites. */
export interface ConfigPlace {
  readonly file: string;
  readonly site?: string | undefined;
}

/**
 * A configuration file's text with these settings in it, of the site where one is named. All else
 * stays, comments and order too. Throws error/config where the text is no TOML.
 */
export async function withSettings(
  text: string,
  sections: Sections,
  { file, site }: ConfigPlace,
): Promise<string> {
  // A file from Windows keeps its line ends, and gets no others.
  let edited = text.replaceAll("\r\n", "\n");
  for (const [section, settings] of Object.entries(sections)) {
    edited = await withSection({ file, text: edited }, pathOf(section, site), settings);
  }
  return text.includes("\r\n") ? edited.replaceAll("\n", "\r\n") : edited;
}

/** Whether the text says anything of a setting. Throws error/config where it is no TOML. */
export async function hasSetting(
  text: string,
  section: string,
  name: string,
  { file, site }: ConfigPlace,
): Promise<boolean> {
  return has(await parseToml(text, file), pathOf(section, site), name);
}

const pathOf = (section: string, site: string | undefined) =>
  site === undefined ? [section] : ["sites", site, section];

interface Source {
  readonly file: string;
  readonly text: string;
}

async function withSection(
  { file, text }: Source,
  path: readonly string[],
  settings: NonNullable<Sections[string]>,
): Promise<string> {
  const set: Record<string, Setting> = {};
  let edited = text;
  for (const [name, value] of Object.entries(settings)) {
    if (value === null) edited = await without({ file, text: edited }, path, name);
    else set[name] = value;
  }
  return Object.keys(set).length === 0 ? edited : withValues({ file, text: edited }, path, set);
}

async function without(
  { file, text }: Source,
  path: readonly string[],
  name: string,
): Promise<string> {
  const wanted: Contents = await parseToml(text, file);
  if (!has(wanted, path, name)) return text;
  delete nested(wanted, path)[name];
  const { patch } = await import("@decimalturn/toml-patch");
  const ways = function* () {
    yield* withoutLines(text, name);
    // Where others stand on the same line.
    yield patch(text, wanted);
  };
  return firstThatSays(wanted, ways(), file, [...path, name]);
}

async function withValues(
  { file, text }: Source,
  path: readonly string[],
  set: Readonly<Record<string, Setting>>,
): Promise<string> {
  const [{ stringify }, { patch }] = await Promise.all([
    import("smol-toml"),
    import("@decimalturn/toml-patch"),
  ]);
  const wanted: Contents = await parseToml(text, file);
  const known = at(wanted, path) !== undefined;
  Object.assign(nested(wanted, path), set);
  const ways = function* () {
    // A section of its own at the end is what a person would write.
    if (!known) yield appended(text, stringify(wrapped(path, set)));
    yield patch(text, wanted);
  };
  return firstThatSays(wanted, ways(), file, [...path, ...Object.keys(set)]);
}

/** The first of the texts that comes to what is wanted, and nothing else. */
async function firstThatSays(
  wanted: Contents,
  texts: Iterable<string>,
  file: string,
  changed: readonly string[],
): Promise<string> {
  const { parse } = await import("smol-toml");
  for (const text of texts) if (says(text, wanted, parse)) return text;
  throw critical(
    "config",
    `${file}: can't change ${changed.join(".")} and leave the rest of the file as it is. Edit it by hand.`,
  );
}

function says(text: string, wanted: Contents, parse: (text: string) => Contents): boolean {
  try {
    return isDeepStrictEqual(plain(parse(text)), plain(wanted));
  } catch {
    return false;
  }
}

type Contents = Record<string, unknown>;

/** What stands at the path. */
const at = (contents: Contents, path: readonly string[]) =>
  path.reduce<unknown>((place, name) => (isRecord(place) ? place[name] : undefined), contents);

function has(contents: Contents, path: readonly string[], name: string): boolean {
  const settings = at(contents, path);
  return isRecord(settings) && Object.hasOwn(settings, name);
}

/** The table at the path, made where there is none. */
function nested(contents: Contents, path: readonly string[]): Contents {
  return path.reduce<Contents>((at, name) => {
    const inner = isRecord(at[name]) ? at[name] : {};
    at[name] = inner;
    return inner;
  }, contents);
}

/** Tables in tables, so that only the innermost has a header. */
const wrapped = (path: readonly string[], settings: Contents): Contents =>
  path.reduceRight<Contents>((inner, name) => ({ [name]: inner }), { ...settings });

function appended(text: string, section: string): string {
  const begun = text.trimEnd();
  return begun === "" ? `${section.trim()}\n` : `${begun}\n\n${section.trim()}\n`;
}

/** As plain objects: those of a parser may have no prototype. A section without a key is none. */
const plain = (contents: Contents): unknown =>
  JSON.parse(JSON.stringify(contents), (_, value) =>
    isRecord(value) && Object.keys(value).length === 0 ? undefined : value,
  );
