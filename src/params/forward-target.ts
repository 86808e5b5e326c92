import { failed } from "../model/refusal";
import { formatSipAddress, parseSipAddress } from "../model/sip-address";
import { asText, Malformed, type Param, simple } from "./param";

/** Where calls can be forwarded to: an E.164 number or a SIP address, in the form Kamailio's routing reads. */
export function forwardTarget(about: string): Param<string> {
  return simple({
    about,
    example: "+4712345000",
    placeholder: "TARGET",
    parse: async (raw) => {
      const text = asText(raw);
      const address = parseSipAddress(text);
      if (address !== undefined) return formatSipAddress(address);
      const { parseE164 } = await import("../model/e164");
      const number = parseE164(text);
      if (number !== undefined) return number.number;
      throw new Malformed("is neither an E.164 number nor a SIP address");
    },
    refuse: (detail) => failed("invalid", detail),
  });
}
