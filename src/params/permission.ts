import { closest } from "../model/closest";
import { PERMISSION_FLAG_NAMES, permissionBits } from "../model/permission";
import { quoted } from "../model/quoted";
import { asText, Malformed, type Param, simple } from "./param";

/** Permission flags by name, comma-separated or a JSON list, as bits. */
export function permissionFlagList(about: string): Param<number> {
  return simple({
    about,
    example: "NATIONAL,VOIP",
    placeholder: "FLAGS",
    listed: true,
    choices: [...PERMISSION_FLAG_NAMES, "ALL"],
    parse: (raw) => {
      const names = (Array.isArray(raw) ? raw.map(asText) : asText(raw).split(",")).map((name) =>
        name.trim(),
      );
      if (names.length === 0) throw new Malformed("names no flag");
      let bits = 0;
      for (const name of names) {
        const bit = permissionBits(name);
        if (bit === undefined) throw new Malformed(unknownFlag(name));
        bits |= bit;
      }
      return bits;
    },
  });
}

function unknownFlag(name: string): string {
  const guess = closest(name.toUpperCase(), PERMISSION_FLAG_NAMES);
  const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
  return `There is no flag ${quoted(name)}.${hint} Known: ${PERMISSION_FLAG_NAMES.join(", ")}, ALL`;
}
