import { hint } from "../model/closest";
import { quoted } from "../model/quoted";
import { asText, Malformed, type Param, simple } from "./param";

/** One of a configuration's settings by its name: `auth.mode`. */
export function setting(about: string, names: readonly string[]): Param<string> {
  return simple({
    about,
    example: "defaults.domain",
    placeholder: "KEY",
    choices: names,
    parse: (raw) => {
      const name = asText(raw).trim();
      if (names.includes(name)) return name;
      throw new Malformed(`There is no setting ${quoted(name)}. ${hint(name, names)}`);
    },
  });
}
