import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../model/record";
import { critical } from "../model/refusal";
import { parseToml } from "./toml";

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
  let edited = text;
  for (const [section, settings] of Object.entries(sections)) {
    const path = site === undefined ? [section] : ["sites", site, section];
    edited = await withSection({ file, text: edited }, path, settings);
  }
  return edited;
}

async function withSection(
  { file, text }: { file: string; text: string },
  path: readonly string[],
  settings: NonNullable<Sections[string]>,
): Promise<string> {
  const [{ parse, stringify }, { patch }] = await Promise.all([
    import("smol-toml"),
    import("@decimalturn/toml-patch"),
  ]);
  const before: Contents = await parseToml(text, file);
  const known = path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), before);
  const set = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
  if (known === undefined && Object.keys(set).length === 0) return text;
  const wanted = structuredClone(before);
  const place = nested(wanted, path);
  Object.assign(place, set);
  for (const [name, value] of Object.entries(settings)) if (value === null) delete place[name];
  const ways = [
    // A section of its own at the end is what a person would write.
    ...(known === undefined ? [() => appended(text, stringify(wrapped(path, set)))] : []),
    () => patch(text, wanted),
  ];
  for (const way of ways) {
    const edited = way();
    if (says(edited, wanted, parse)) return edited;
  }
  throw critical(
    "config",
    `${file}: can't set ${[...path, ...Object.keys(settings)].join(".")} and leave the rest of the file as it is. Edit it by hand.`,
  );
}

/** Whether the text comes to that, and nothing else. */
function says(text: string, wanted: Contents, parse: (text: string) => Contents): boolean {
  try {
    return isDeepStrictEqual(plain(parse(text)), plain(wanted));
  } catch {
    return false;
  }
}

type Contents = Record<string, unknown>;

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

/** As plain objects: those of a parser may have no prototype. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
