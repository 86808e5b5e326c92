import { hint } from "../model/closest";
import { quoted } from "../model/quoted";
import { asText, Malformed, type Param, simple } from "./param";

/** Names of a list's columns, with commas between; `signed` where each may have a minus before it. */
export function columnList(
  about: string,
  columns: readonly string[],
  { signed = false } = {},
): Param<string[]> {
  return simple({
    about,
    example: columns.slice(0, 2).join(","),
    placeholder: "COLUMNS",
    listed: true,
    choices: columns,
    parse: (raw) => {
      const names = (Array.isArray(raw) ? raw.map(asText) : asText(raw).split(",")).map((name) =>
        name.trim(),
      );
      return names.map((name) => {
        const sign = signed && name.startsWith("-") ? "-" : "";
        const bare = name.slice(sign.length).replaceAll("-", "_");
        if (columns.includes(bare)) return sign + bare;
        throw new Malformed(`There is no column ${quoted(bare)}. ${hint(bare, columns)}`);
      });
    },
  });
}
