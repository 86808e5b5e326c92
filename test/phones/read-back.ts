/** Readers of what phones are given, written from the formats and not from `src`. */

/** Names and values of an XML document: text of elements and values of attributes, entities undone. */
export function readXml(document: string): Map<string, string> {
  const values = new Map<string, string>();
  const attribute = /([\w.:-]+)="([^"<]*)"/g;
  for (const [, name = "", within = "", text] of document.matchAll(
    /<([\w.-]+)((?:\s+[\w.:-]+="[^"<]*")*)\s*(?:\/>|>(?:([^<]*)<\/\1>)?)/g,
  )) {
    const attributes = [...within.matchAll(attribute)];
    for (const [, key = "", value = ""] of attributes) values.set(key, entities(value));
    if (text === undefined) continue;
    const index = attributes.find(([, key]) => key === "idx" || key === "name")?.[2];
    values.set(index === undefined ? name : `${name} ${index}`, entities(text));
  }
  return values;
}

function entities(text: string): string {
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&(\w+);/g, (_, name) => named[name] ?? `?${name}?`);
}

/** `key = value` lines; `#` begins a remark where a line begins with it. */
export function readPairs(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const line of text.split("\n")) {
    const equals = line.indexOf("=");
    if (line.startsWith("#") || equals < 0) continue;
    const key = line.slice(0, equals).trim();
    if (pairs.has(key)) throw new Error(`${key} stands there twice`);
    pairs.set(key, line.slice(equals + 1).trim());
  }
  return pairs;
}

/** `[section]`, and `key=value` under it, as `section.key`. */
export function readIni(text: string): Map<string, string> {
  const values = new Map<string, string>();
  let section = "";
  for (const line of text.split("\n")) {
    const head = /^\[(\w+)\]$/.exec(line);
    const entry = /^([\w-]+)=(.*)$/.exec(line);
    if (head?.[1] !== undefined) section = head[1];
    else if (entry !== null) values.set(`${section}.${entry[1]}`, entry[2] ?? "");
    else if (line !== "") throw new Error(`What is this? ${line}`);
  }
  return values;
}

/** A name-addr (RFC 3261 25.1): the display name, its quotes and escapes undone, and the address. */
export function readNameAddress(text: string): { name: string; address: string } {
  const [, name, address] = /^(?:"((?:[^"\\]|\\.)*)" *)?<([^>]*)>/u.exec(text) ?? [];
  if (address === undefined) throw new Error(`No name-addr: ${text}`);
  return { name: (name ?? "").replace(/\\(.)/gu, "$1"), address };
}
