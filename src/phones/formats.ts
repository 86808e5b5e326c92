/** How a format takes a value; undefined where it has no way to say it. */
interface Format {
  /** As a person calls it. */
  readonly title: string;
  /** A value that must arrive as it is: a user name, a password. */
  exact(value: string): string | undefined;
  /** A value that is only shown: what can't be said is softened. */
  shown(value: string): string;
}

export const FORMATS = {
  /** XML 1.0, in text and in attributes between double quotes. */
  xml: {
    title: "XML",
    exact: entities,
    shown: (value) => entities(oneLine(value)),
  },
  /** `[section]` and `key=value`; a value goes to the end of its line, without quotes. */
  ini: {
    title: "INI",
    exact: toTheEndOfLine,
    shown: (value) => oneLine(value),
  },
  /** `key = value` or `key value`; a value goes to the end of its line, without quotes. */
  keyvalue: {
    title: "key = value",
    exact: toTheEndOfLine,
    shown: (value) => oneLine(value),
  },
  /**
   * A line of baresip's `accounts`; every value stands between double quotes. Baresip looks for its
   * parameters within quotes too, and takes a backslash as it is unless a quote follows.
   */
  baresip: {
    title: "baresip's accounts",
    exact: (value) => (/[";]|\\$/.test(value) ? undefined : value),
    shown: (value) => quotedText(cut(oneLine(value), BARESIP_NAME_MAX)),
  },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

/** Baresip reads 511 bytes of a line, and the rest of it needs about 430. */
const BARESIP_NAME_MAX = 80;

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

function entities(value: string): string {
  return value.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

function toTheEndOfLine(value: string): string | undefined {
  return value === value.trim() ? value : undefined;
}

/** Text as one line that any format can hold: without control characters and halves of characters. */
export function oneLine(value: string): string {
  return softened(value).trim();
}

/** Whether any format can hold it just as it is. */
export function isOneLine(value: string): boolean {
  return softened(value) === value;
}

function softened(value: string): string {
  return value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, "\ufffd");
}

/** What stands between the quotes of a quoted-string (RFC 3261 25.1). */
export function quotedText(value: string): string {
  return value.replace(/["\\]/g, "\\$&");
}

/** As many whole characters as fit into the bytes. */
function cut(value: string, bytes: number): string {
  let size = 0;
  let kept = "";
  for (const char of value) {
    size += Buffer.byteLength(char);
    if (size > bytes) break;
    kept += char;
  }
  return kept;
}
