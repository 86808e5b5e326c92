import type { Io } from "../io";

/** What lines and bars are drawn with. */
export interface Lines {
  readonly rule: string;
  readonly full: string;
  readonly empty: string;
}

const DRAWN: Lines = { rule: "─", full: "█", empty: "░" };
const ASCII: Lines = { rule: "-", full: "#", empty: "." };

/** ASCII where the locale (POSIX: LC_ALL, else LC_CTYPE, else LANG) is one without UTF-8. */
export function linesFor({ env }: Pick<Io, "env">): Lines {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return locale === "" || /utf-?8/i.test(locale) ? DRAWN : ASCII;
}
