import { hint } from "../model/closest";
import { PERMISSION_FLAG_NAMES, permissionBits } from "../model/permission";
import { quoted } from "../model/quoted";
import { asText, Malformed, type Param, simple } from "./param";

const FLAGS = [...PERMISSION_FLAG_NAMES, "ALL"];

/** Permission flags by name, comma-separated or a JSON list, as bits. */
export function permissionFlagList(about: string): Param<number> {
  return simple({
    about,
    example: "NATIONAL,VOIP",
    placeholder: "FLAGS",
    listed: true,
    choices: FLAGS,
    parse: (raw) => {
      const names = (Array.isArray(raw) ? raw.map(asText) : asText(raw).split(",")).map((name) =>
        name.trim(),
      );
      if (names.length === 0) throw new Malformed("names no flag");
      let bits = 0;
      for (const name of names) {
        const bit = permissionBits(name);
        if (bit === undefined)
          throw new Malformed(`There is no flag ${quoted(name)}. ${hint(name, FLAGS)}`);
        bits |= bit;
      }
      return bits;
    },
  });
}
