import { failed } from "../model/refusal";
import { parseSipAddress } from "../model/sip-address";
import { asText, Malformed, type Param, simple } from "./param";

/** An E.164 number by itself, or as the alias `<number>@<domain>`. */
export interface NumberOrAlias {
  readonly number: string;
  readonly domain: string | undefined;
}

export function numberOrAlias(about: string): Param<NumberOrAlias> {
  return simple({
    about,
    example: "+4712345000",
    placeholder: "NUMBER",
    names: "alias",
    parse: async (raw) => {
      const { parseE164 } = await import("../model/e164");
      const text = asText(raw);
      const alias = parseSipAddress(text);
      const number = parseE164(alias?.username ?? text)?.number;
      if (number === undefined) throw new Malformed("Not a valid E164 number");
      return { number, domain: alias?.domain };
    },
    refuse: (detail) => failed("rejected", detail),
  });
}
